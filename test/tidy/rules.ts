/** The layout rules of src/DESIGN.md as functions: files in, sentences about what is wrong out. */
import * as form from './form.ts'
import * as imports from './imports.ts'
import type { Rule } from './project.ts'
import { vendorNames } from './vendor-names.ts'

export const RULES: Readonly<Record<string, Rule>> = {
  'imports point one way': imports.arrows,
  'no cycles of imports': imports.cycles,
  'vendor names only at home': vendorNames,
  'the same files in every provider': imports.providerFolders,
  'nothing is left lying': form.leftovers,
  [`no file over ${form.FILE_LINES} lines`]: form.fileLength,
  [`no function over ${form.FUNCTION_LINES} lines`]: form.functionLength,
  'file names': form.fileNames,
  'no dead files': imports.deadFiles,
  'named exports only': form.namedExports,
  'every file says what it is for': form.openingSentence,
  'process and console only at the edge': form.processAccess,
}
