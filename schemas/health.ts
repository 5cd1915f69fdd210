/** Health: what a process says of itself. */
import { Constant, Strict } from './kit.ts'

export const Health = Strict({ status: Constant('ok') }, { $id: 'Health', description: 'The process is well.' })
export const healthSchemas = [Health]
