/** All functions that the sandbox runs, by name. */
import { getApiSession } from './api-session.ts'
import type { SandboxFunction } from './context.ts'
import { applyArPayment, createArPayment, reverseArPayment } from './legacy.ts'
import { createCustomerLegacy, deleteCustomerLegacy, updateCustomerLegacy } from './legacy-customer.ts'
import { query } from './query.ts'
import { lookup, read, readByName } from './read.ts'
import { readByQuery, readMore } from './read-by-query.ts'
import { readUserFormatting } from './user-formatting.ts'
import { create, remove, update } from './write.ts'

/** What the schema knows and this table does not is refused by name. */
export const FUNCTIONS: Readonly<Record<string, SandboxFunction>> = {
  getAPISession: getApiSession,
  query,
  readByQuery,
  readMore,
  read,
  readByName,
  lookup,
  readUserFormatting,
  create,
  update,
  delete: remove,
  create_customer: createCustomerLegacy,
  update_customer: updateCustomerLegacy,
  delete_customer: deleteCustomerLegacy,
  create_arpayment: createArPayment,
  apply_arpayment: applyArPayment,
  reverse_arpayment: reverseArPayment,
}
