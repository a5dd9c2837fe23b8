// Makes one web page of a compiled mp-weixin folder: `node build.mjs <compiled> <out>`.
// The page runs it on glass-easel, WeChat's own component framework; see host/main.ts.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler')
const here = path.dirname(fileURLToPath(import.meta.url))
const [compiled, out] = process.argv.slice(2)

const templates = new TmplGroup()
const configs = {}
const modules = []
const styles = []
const mistakes = []

/** A length of 750ths of the screen, and the page itself, as the web knows them. */
const webStyle = (wxss) =>
  wxss
    .replace(/(-?[\d.]+)rpx/g, (_, length) => `calc(${length} * var(--rpx))`)
    .replace(/(^|[\s,}>+~])page(?=[\s,{.:#[>+~])/g, '$1.wx-page')

const kinds = {
  '.wxml': (name, source) =>
    templates
      .addTmpl(name, source)
      .filter((each) => each.isError)
      .forEach((each) => mistakes.push(`${name}.wxml: ${each.message}`)),
  '.wxs': (name, source) => templates.addScript(name, source),
  '.json': (name, source) => (configs[name] = JSON.parse(source)),
  '.js': (name, source) =>
    modules.push(`${JSON.stringify(`${name}.js`)}(require, module, exports, global) {${source}\n}`),
  '.wxss': (name, source) => styles.push({ name, source: webStyle(source) }),
}
for (const entry of fs.readdirSync(compiled, { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath, entry.name)
  const { dir, name, ext } = path.parse(path.relative(compiled, file))
  const base = [...dir.split(path.sep), name].filter(Boolean).join('/')
  if (entry.isFile()) kinds[ext]?.(base, fs.readFileSync(file, 'utf8'))
}
if (mistakes.length) {
  console.error(mistakes.join('\n'))
  process.exit(1)
}

const { app, ...rest } = configs
const bundle = `window.__MP__ = {
  app: ${JSON.stringify(app)},
  configs: ${JSON.stringify(rest)},
  templates: ${templates.getTmplGenObjectGroups()},
  modules: {${modules.join(',\n')}},
}`
const [host] = buildSync({
  entryPoints: [path.join(here, 'host/main.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  define: { 'process.env.NODE_ENV': '"production"' },
}).outputFiles
styles.sort((one, other) => (other.name === 'app') - (one.name === 'app'))
const native = fs.readFileSync(path.join(here, 'native.css'), 'utf8')
fs.mkdirSync(out, { recursive: true })
fs.writeFileSync(path.join(out, 'app.css'), native + styles.map(({ source }) => source).join('\n'))
fs.writeFileSync(path.join(out, 'app.js'), `${bundle};\n${host.text}`)
fs.writeFileSync(
  path.join(out, 'index.html'),
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="app.css">
<body><script src="app.js"></script></body></html>`,
)
