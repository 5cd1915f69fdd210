/** A section of docs/netsuite.md: every field, line, filter and operation that guides to the two records name, and its home here. */
import type { Row } from '../mapping/mapping.ts'
import { pointerFor } from '../mapping/pointers.ts'
import type { ProviderMappings } from '../providers/provider.ts'
import { DIFFERENCES } from './netsuite-differences.ts'
import { table } from './tables.ts'

const CUSTOMER = `id entityId autoName companyName isPerson firstName lastName subsidiary email altEmail phone altPhone fax url
  balance creditLimit terms currency taxable taxItem category salesRep partner department class location receivablesAccount
  billingSchedule priceLevel discountItem entityStatus inactive dateCreated lastModifiedDate aging aging1 aging2 aging3 aging4
  addressBook contactRoles creditCards currencyList itemPricing`
const PAYMENT = `id tranId customer tranDate status subsidiary payment currency exchangeRate paymentMethod creditCard checkNum
  account undepFunds applied unapplied autoApply memo class location department apply credit deposit`

/** Names of guides that release 2026.1 writes otherwise; null where it has nothing. */
const RENAMED: Readonly<Record<string, string | null>> = {
  inactive: 'isInactive',
  paymentMethod: 'paymentOption',
  checkNum: 'checkNumber',
  ...{ department: null, class: null, location: null, discountItem: null, creditCards: null, creditCard: null },
}
/** Homes that are parts of a field or several fields, or nowhere. */
const CUSTOMER_PARTS: Readonly<Record<string, string>> = {
  id: '`id` (`cus_<connection>_<id>`) and `nativeId`',
  autoName: 'no `number` in a create: the account numbers',
  aging: '`aging.current`',
  aging1: '`aging.days1To30`',
  aging2: '`aging.days31To60`',
  aging3: '`aging.days61To90`',
  aging4: '`aging.over90`',
  contactRoles: '`contacts[]`, read only',
  creditCards: 'nowhere: NetSuite does not give cards to REST',
}
const PAYMENT_PARTS: Readonly<Record<string, string>> = {
  id: '`id` (`pay_<connection>_<id>`) and `nativeId`',
  status: "`status`, and `statusText` in NetSuite's words",
  paymentMethod: '`method` by word, `methodRef` by id or name',
  creditCard: 'nowhere: NetSuite does not give cards to REST',
  account: '`depositTo` of the kind `bankAccount`',
  undepFunds: '`depositTo` of the kind `undepositedFunds`',
  applied: '`appliedAmount` is `payment` less `unapplied`; `applied` counts credits too',
}
const LINES: readonly (readonly [string, string])[] = [
  ['`apply`: `doc`', '`applications[].invoiceId`, or `invoiceNumber`'],
  ['`apply`: `apply`', 'an application that is there is applied; taking it away releases it'],
  ['`apply`: `amount`', '`applications[].amount`'],
  ['`apply`: `disc`', '`applications[].discount`'],
  ['`apply`: `discDate`', '`applications[].discountDate`'],
  ['`credit`: `doc`', '`credits[].creditId` (`crd_<connection>_memo-…`, `payment-…`)'],
  ['`credit`: `apply`, `amount`', '`credits[].amount`'],
  ['`deposit`: `doc`', '`credits[].creditId` (`crd_<connection>_deposit-…`)'],
  ['`deposit`: `apply`, `amount`', '`credits[].amount`'],
  [
    '`addressBook`: `label`, `defaultBilling`, `defaultShipping`',
    '`addresses[].label`, `.isDefaultBilling`, `.isDefaultShipping`',
  ],
  [
    '`addressBookAddress`: `addr1`, `city`, `state`, `zip`, `country`',
    '`addresses[].line1`, `.city`, `.region`, `.postalCode`, `.country`',
  ],
  ['a reference: `id`, `refName`', '`{id, name}`; either is enough'],
]
const OPERATIONS: readonly (readonly [string, string])[] = [
  ['`GET /customer`', '`GET /v1/customers`'],
  ['`GET /customer/{id}`', '`GET /v1/customers/{id}`'],
  ['`POST /customer`', '`POST /v1/customers`'],
  ['`PATCH /customer/{id}`', '`PATCH /v1/customers/{id}`'],
  ['`DELETE /customer/{id}`', '`DELETE /v1/customers/{id}`'],
  ['`GET /customerPayment`', '`GET /v1/payments`'],
  ['`GET /customerPayment/{id}`', '`GET /v1/payments/{id}`'],
  ['`POST /customerPayment`', '`POST /v1/payments`'],
  ['`PATCH /customerPayment/{id}`', '`PATCH /v1/payments/{id}`, `POST …/apply`, `POST …/unapply`'],
  ['`DELETE /customerPayment/{id}`', '`DELETE /v1/payments/{id}`, `POST …/void`'],
  ["`q=companyName LIKE 'Acme%'`", '`nameStartsWith=Acme`'],
  ["`q=email='…'`", '`email=…`'],
  ['`q=inactive=true`', '`status=inactive`'],
  ["`q=entityStatus='13'`", '`stage=13`'],
  ['`q=balance > 10000`', '`filter=balance=gt=10000`, or `balanceMin`, which includes it'],
  ["`q=tranDate='2025-12-25'`", '`date=2025-12-25`'],
  ["`q=customer='456'`", '`customerId=cus_<connection>_456`'],
  ['`q=unapplied > 0`', '`unapplied=true`'],
  ["`q=paymentMethod='2'`", '`methodId=2`, or `method=check`'],
  ["`q=tranDate BETWEEN '…' AND '…'`", '`dateFrom=…&dateTo=…`'],
  ['`q=payment > 5000`', '`filter=amount=gt=5000`, or `amountMin`, which includes it'],
  ['`q=undepFunds=true`', '`undeposited=true`'],
  ['balance + order total > credit limit', '`GET /v1/customers/{id}/credit-check?amount=…`'],
  ['`inactive: true`', '`PATCH` with `{"status": "inactive"}`'],
  ['reversal of a payment', '`POST /v1/payments/{id}/void`'],
]

const namesOf = (list: string): string[] => list.trim().split(/\s+/)

interface RecordKind {
  readonly mapping: object
  readonly parts: Readonly<Record<string, string>>
}

/** Where a name lives; throws for one without a home, so that none is forgotten. */
function homeOf({ mapping, parts }: RecordKind, name: string): string {
  const part = parts[name]
  if (part !== undefined) return part
  const row = (mapping as Readonly<Record<string, Row<unknown>>>)[name]
  if (row?.kind === 'absent') return `\`${name}\` is refused: ${row.reason}`
  const pointer = pointerFor(mapping, RENAMED[name] ?? name)
  if (pointer === null) throw new Error(`No home for ${name}.`)
  return `\`${pointer.slice(1)}\``
}

/** Its name in release 2026.1. */
function nameNow(record: RecordKind, name: string): string {
  const now = RENAMED[name]
  if (now === undefined) return 'the same'
  if (now !== null) return `\`${now}\``
  return pointerFor(record.mapping, name) === null ? '–' : 'the same'
}

const fieldRows = (record: RecordKind, list: string) =>
  namesOf(list).map((name) => [`\`${name}\``, nameNow(record, name), homeOf(record, name)])

export function netsuiteReference(mappings: ProviderMappings): string {
  const customer = { mapping: mappings.customer, parts: CUSTOMER_PARTS }
  const payment = { mapping: mappings.payment, parts: PAYMENT_PARTS }
  const head = ['field', 'in release 2026.1', 'here']
  return [
    '## Every field and operation',
    'Guides to the customer and the customer payment name these. Each of them has a home here, or a reason why it has none. What has no neutral name is reached by its own: `vendorFields`, `customFields`, and `POST /v1/connections/{connection}/passthrough`.',
    'Fields of a customer:',
    table(head, fieldRows(customer, CUSTOMER)),
    'Fields of a payment:',
    table(head, fieldRows(payment, PAYMENT)),
    'Lines and nested records:',
    table(['NetSuite', 'here'], LINES),
    'Operations and filters, below `/services/rest/record/v1`:',
    table(['NetSuite', 'here'], OPERATIONS),
    '## How an account differs from the guides',
    "What was seen live by others or is in Oracle's help; the rest is marked.",
    table(['guides say', 'the account', 'here'], DIFFERENCES),
  ].join('\n\n')
}
