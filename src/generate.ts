/** `npm run generate`: writes the files of openapi/. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { generatedFiles } from './documentation/generated.ts'

for (const [path, text] of Object.entries(await generatedFiles())) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  process.stdout.write(`${path}: ${Buffer.byteLength(text)} bytes\n`)
}
