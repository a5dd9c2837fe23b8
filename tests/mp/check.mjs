// Static checks of the compiled mini program, as WeChat would make them:  node check.mjs <mp-weixin folder>
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, normalize } from 'node:path/posix'
import { parse as parseScript } from 'acorn'
import postcss from 'postcss'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler')
const MB = 1024 * 1024
const BUILT_IN = new Set(
  'view text image scroll-view swiper swiper-item movable-view movable-area cover-view cover-image icon progress rich-text button checkbox checkbox-group editor form input label picker picker-view picker-view-column radio radio-group slider switch textarea navigator audio camera live-player live-pusher video canvas web-view page-meta navigation-bar page-container share-element root-portal match-media block template import include slot wxs'.split(
    ' ',
  ),
)
const OUR_HOSTS = /^(127\.0\.0\.1|www\.w3\.org|vuejs\.org|uniapp\.dcloud\.net\.cn)$/

const root = process.argv[2]
if (!root || !existsSync(join(root, 'app.json'))) {
  console.error(`No mini program at ${root}: build clients/shop first.`)
  process.exit(1)
}
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(normalize(root).replace(/\/$/, '').length + 1))
const has = new Set(files)
const text = (file) => readFileSync(join(root, file), 'utf8')
const size = (file) => statSync(join(root, file)).size
const json = (file) => (has.has(file) ? JSON.parse(text(file)) : {})
const app = json('app.json')
const packages = app.subPackages ?? []
const bad = []

function checkPages() {
  const pages = [...app.pages, ...packages.flatMap((one) => one.pages.map((page) => `${one.root}/${page}`))]
  for (const page of pages)
    for (const kind of ['js', 'json', 'wxml'])
      if (!has.has(`${page}.${kind}`)) bad.push(`page ${page}.${kind} is missing`)
  for (const tab of app.tabBar?.list ?? []) {
    if (!app.pages.includes(tab.pagePath)) bad.push(`tab ${tab.pagePath} is not in the main package`)
    for (const icon of [tab.iconPath, tab.selectedIconPath])
      if (!has.has(icon) || size(icon) > 40 * 1024) bad.push(`tab icon ${icon} is missing or over 40 KB`)
  }
  return pages.length
}
function checkComponents(file) {
  for (const [name, path] of Object.entries(json(file).usingComponents ?? {})) {
    const target = normalize(path.startsWith('/') ? path.slice(1) : join(dirname(file), path))
    const home = packages.find((one) => target.startsWith(`${one.root}/`))
    if (!has.has(`${target}.js`)) bad.push(`${file}: ${name} → ${path} is missing`)
    else if (home && !file.startsWith(`${home.root}/`))
      bad.push(`${file}: ${name} reaches into the package ${home.root}`)
  }
}
const templates = new TmplGroup()
function checkTemplate(file) {
  for (const fault of templates.addTmpl(file.slice(0, -5), text(file)))
    bad.push(`${file}:${fault.startLine + 1} ${fault.message}`)
  const declared = { ...app.usingComponents, ...json(file.replace('.wxml', '.json')).usingComponents }
  for (const [, tag] of text(file).matchAll(/<([a-zA-Z][\w-]*)/g))
    if (!BUILT_IN.has(tag) && !(tag in declared)) bad.push(`${file}: unknown tag <${tag}>`)
}
function checkStyle(file) {
  try {
    postcss.parse(text(file))
  } catch (fault) {
    bad.push(`${file}: ${fault.message}`)
  }
  for (const [, , url] of text(file).matchAll(/url\((["']?)(?!data:)([^"')]+)/g))
    bad.push(`${file}: a style cannot load ${url.slice(0, 80)}`)
}
function checkScript(file) {
  try {
    parseScript(text(file), { ecmaVersion: 2020, sourceType: 'script' })
  } catch (fault) {
    bad.push(`${file}: ${fault.message}`)
  }
  const own = text(file).replace(/typeof (document|window)[^;]{0,40}/g, '')
  if (!file.includes('vendor') && /\b(document|window|localStorage|location)\s*\.\s*[a-z]/i.test(own))
    bad.push(`${file}: uses what only a browser has`)
  if (/\beval\(|new Function\(/.test(own)) bad.push(`${file}: makes code at run time`)
}
function checkSizes() {
  const of = (one) =>
    files.filter((file) => file.startsWith(`${one.root}/`)).reduce((sum, file) => sum + size(file), 0)
  const total = files.reduce((sum, file) => sum + size(file), 0)
  const main = packages.reduce((rest, one) => rest - of(one), total)
  if (main > 2 * MB) bad.push('the main package is over 2 MB')
  for (const one of packages) if (of(one) > 2 * MB) bad.push(`${one.root} is over 2 MB`)
  return `${Math.round(main / 1024)} KB main, ${Math.round(total / 1024)} KB in all`
}

const pages = checkPages()
for (const file of files) {
  if (file.endsWith('.json')) checkComponents(file)
  if (file.endsWith('.wxml')) checkTemplate(file)
  if (file.endsWith('.wxss')) checkStyle(file)
  if (file.endsWith('.js')) checkScript(file)
  if (/\.(svg|map|ts|vue)$/.test(file)) bad.push(`${file}: should not ship`)
  if (/\.(js|json|wxml|wxss)$/.test(file))
    for (const [, host] of text(file).matchAll(/https?:\/\/([\w.-]+)/g))
      if (!OUR_HOSTS.test(host)) bad.push(`${file}: names the host ${host}`)
}
console.log(`${pages} pages, ${files.length} files, ${checkSizes()}`)
for (const fault of bad) console.error(`  ✗ ${fault}`)
process.exit(bad.length ? 1 : 0)
