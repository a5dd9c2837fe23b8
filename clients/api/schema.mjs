// Writes src/schema/{audience}.ts (types) and {audience}.limits.ts (what forms must keep to) from the
// OpenAPI documents of the program itself, and refusals.ts from the sentences of its refusals.
//   node schema.mjs           write        node schema.mjs --check   fail if they are stale
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import { limitsOf } from './limits.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
const AUDIENCES = ['affiliate', 'buyer', 'host', 'merchant']
const isCheck = process.argv.includes('--check')

const folder = mkdtempSync(join(tmpdir(), 'bofen-openapi-'))
execFileSync(join(ROOT, '.venv/bin/python'), ['-m', 'bofen.web.openapi', folder], { cwd: ROOT })
const stale = []
function keep(name, text) {
  const file = join(import.meta.dirname, 'src/schema', name)
  if (!isCheck) writeFileSync(file, text)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) stale.push(name)
}
for (const audience of AUDIENCES) {
  const document = JSON.parse(readFileSync(join(folder, `${audience}.json`), 'utf8'))
  const made = `// Made by schema.mjs from the OpenAPI document of /api/${audience}. Not edited by hand.\n`
  keep(`${audience}.ts`, made + astToString(await openapiTS(document, { alphabetize: true })))
  keep(
    `${audience}.limits.ts`,
    `${made}export const limits = ${JSON.stringify(limitsOf(document), null, 2)} as const\n`,
  )
}
const messages = join(ROOT, 'bofen/web/messages')
const codes = readdirSync(messages).flatMap((file) =>
  Object.keys(JSON.parse(readFileSync(join(messages, file)))),
)
keep(
  'refusals.ts',
  `// Made by schema.mjs from bofen/web/messages. Not edited by hand.
export type RefusalCode =\n${codes
    .sort()
    .map((code) => `  | '${code}'\n`)
    .join('')}`,
)
if (stale.length) {
  console.error(`Stale: ${stale.join(', ')}. Run npm run schema --workspace api.`)
  process.exit(1)
}
