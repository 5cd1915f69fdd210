/** `npm run generate`: writes the files of openapi/, and the generated sections of the guides. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { generatedFiles, generatedSections, withSection } from './documentation/generated.ts'

const guides = Object.entries(generatedSections())
  .filter(([path]) => existsSync(path))
  .map(([path, section]) => [path, withSection(readFileSync(path, 'utf8'), section)])
for (const [path, text] of [...Object.entries(await generatedFiles()), ...guides] as [string, string][]) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  process.stdout.write(`${path}: ${Buffer.byteLength(text)} bytes\n`)
}
