/** Health: what a process says of itself. */
import { Constant, Strict } from './kit.ts'

export const Health = Strict(
  { status: Constant('ok', { description: 'Always this word.' }) },
  { $id: 'Health', description: 'The process is well.' },
)
export const healthSchemas = [Health]
