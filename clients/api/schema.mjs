// Writes src/schema/{audience}.ts from the OpenAPI documents of the program itself.
//   node schema.mjs           write        node schema.mjs --check   fail if they are stale
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'

const ROOT = resolve(import.meta.dirname, '../..')
const AUDIENCES = ['affiliate', 'buyer', 'host', 'merchant']
const isCheck = process.argv.includes('--check')

const folder = mkdtempSync(join(tmpdir(), 'bofen-openapi-'))
execFileSync(join(ROOT, '.venv/bin/python'), ['-m', 'bofen.web.openapi', folder], { cwd: ROOT })
const stale = []
for (const audience of AUDIENCES) {
  const document = JSON.parse(readFileSync(join(folder, `${audience}.json`), 'utf8'))
  const types = `// Made by schema.mjs from the OpenAPI document of /api/${audience}. Not edited by hand.\n${astToString(await openapiTS(document, { alphabetize: true }))}`
  const file = join(import.meta.dirname, `src/schema/${audience}.ts`)
  if (isCheck) {
    if (readFileSync(file, 'utf8') !== types) stale.push(audience)
  } else writeFileSync(file, types)
}
if (stale.length) {
  console.error(`The types of ${stale.join(', ')} are stale: run npm run schema --workspace api.`)
  process.exit(1)
}
