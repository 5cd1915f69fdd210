/** Which properties the settings fill where the caller says nothing. */
import type { DefaultPlace } from '../provider.ts'
import type { Settings } from './settings.ts'

export function defaultPlaces({ defaults = {} }: Settings): DefaultPlace[] {
  const { depositAccountId, arAccountId, subsidiaryId, currency, paymentMethods } = defaults
  const payment = { operations: ['createPayment'] } as const
  return [
    ...of(depositAccountId, { path: 'account', setting: 'depositAccountId', unless: ['/depositTo/id'], ...payment }),
    ...of(arAccountId, { path: 'arAcct', setting: 'arAccountId', unless: ['/arAccount', '/applications'], ...payment }),
    ...of(subsidiaryId, {
      path: 'subsidiary',
      setting: 'subsidiaryId',
      unless: ['/entity'],
      operations: ['createCustomer', 'upsertCustomer'],
    }),
    // Only of a customer without a currency, so it has to be the one that the ERP speaks of.
    ...of(currency, {
      path: 'currency',
      setting: 'currency',
      unless: ['/currency', '/applications'],
      quoted: true,
      ...payment,
    }),
    // Both names that accounts have for it.
    ...['paymentOption', 'paymentMethod'].flatMap((path) =>
      of(paymentMethods, {
        path,
        setting: 'paymentMethods',
        unless: ['/methodRef'],
        operations: ['createPayment', 'updatePayment'],
      }),
    ),
  ]
}

const of = (configured: unknown, place: DefaultPlace): DefaultPlace[] => {
  if (configured === undefined) return []
  const setting = `defaults.${place.setting}`
  return [{ ...place, setting, ...(typeof configured === 'string' && { value: configured }) }]
}
