/** What all transactions have in common when they are read. */
import type { BookDocument } from '../books.ts'
import { currencyId, exchangeRate } from './state.ts'

export function transactionValue(document: BookDocument, field: string): unknown {
  switch (field) {
    case 'id':
      return document.id
    case 'refName':
    case 'tranId':
    case 'transactionNumber':
      return document.number
    case 'tranDate':
      return document.date
    case 'dueDate':
      return document.dueDate ?? undefined
    case 'createdDate':
      return document.createdAt
    case 'lastModifiedDate':
      return document.updatedAt
    case 'currency':
      return currencyId(document.currency)
    case 'exchangeRate':
      return document.details['exchangeRate'] ?? exchangeRate(document.currency)
    case 'postingPeriod':
      return document.details['postingPeriod'] ?? document.date.slice(0, 7).replace('-', '')
    case 'total':
      return document.total
    default:
      return document.details[field]
  }
}
