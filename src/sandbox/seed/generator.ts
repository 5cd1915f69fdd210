/**
 * Made-up customers with invoices, credit memos and payments, the same at every start: what each sandbox turns into
 * its own vendor's records. All names are put together from lists; nobody of them exists.
 */

export type GeneratedCurrency = 'USD' | 'EUR' | 'GBP'

export interface GeneratedCustomer {
  /** From 1. */
  readonly index: number
  readonly type: 'company' | 'person'
  /** For persons too: "First Last". */
  readonly name: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
  readonly currency: GeneratedCurrency
  readonly active: boolean
  readonly termsDays: 15 | 30 | 60
  /** Decimal text, or null for no limit. */
  readonly creditLimit: string | null
  readonly address: { line1: string; city: string; region: string; postalCode: string; country: string }
  /** `index` of the parent, always a smaller one. */
  readonly parentIndex: number | null
  readonly createdAt: string
  readonly updatedAt: string
  /** A payment comes after the invoices that it pays. */
  readonly documents: readonly GeneratedDocument[]
}

export interface GeneratedDocument {
  readonly kind: 'invoice' | 'credit-memo' | 'payment'
  /** Counts all documents of all customers, from 1. */
  readonly index: number
  readonly date: string
  readonly dueDate: string | null
  readonly total: string
  readonly method: 'check' | 'cash' | 'wire' | null
  readonly memo: string
  /** For a payment: what it settles; `index` of the invoices, at most what they still have open. */
  readonly applications: readonly { readonly invoice: number; readonly amount: string }[]
}

/** The day before which everything generated happened: fixed, so that ids, dates and amounts never change. */
export const GENERATED_UNTIL = '2026-03-31'

const FIRST_WORDS = ['Aster', 'Birch', 'Copper', 'Delta', 'Ember', 'Fjord', 'Granite', 'Harbour', 'Iris', 'Juniper']
const SECOND_WORDS = [
  'Textiles',
  'Optics',
  'Foods',
  'Logistics',
  'Paper',
  'Tools',
  'Studios',
  'Farms',
  'Marine',
  'Labs',
]
const ODD_NAMES = ["O'Malt & Sons", 'Søndre Møbler', 'Übermut Druck', 'Łąka Ogrody', 'Café "Zwölf"', '50% Off_Outlet']
const FIRST_NAMES = ['Alex', 'Bela', 'Charlie', 'Dana', 'Eden', 'Finley', 'Gael', 'Hana', 'Ines', 'Jules', 'Kim', 'Zoë']
const LAST_NAMES = [
  'Ames',
  'Brandt',
  'Cole',
  'Dahl',
  'Egger',
  'Frost',
  'Grün',
  "O'Neil",
  'Holm',
  'Ivers',
  'Jensen',
  'Kay',
]
const PLACES = [
  { city: 'Austin', region: 'TX', country: 'US', postal: '787' },
  { city: 'Portland', region: 'OR', country: 'US', postal: '972' },
  { city: 'Leipzig', region: '', country: 'DE', postal: '041' },
  { city: 'Leeds', region: '', country: 'GB', postal: 'LS1 ' },
] as const
const STREETS = ['Mill Lane', 'Station Road', 'Garden Street', 'Dock Street', 'Hill Road']
const DAY = 86_400_000

/** `count` customers; the first n are the same whatever `count` is. */
export function generateCustomers(count: number): GeneratedCustomer[] {
  const numbers = { document: 0 }
  return Array.from({ length: count }, (_, position) => generateCustomer(position + 1, numbers))
}

function generateCustomer(index: number, numbers: { document: number }): GeneratedCustomer {
  const random = randomNumbers(index)
  const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)]!
  const type = index % 5 === 0 ? 'person' : 'company'
  const firstName = pick(FIRST_NAMES)
  const lastName = pick(LAST_NAMES)
  const company = `${index % 20 === 7 ? pick(ODD_NAMES) : `${pick(FIRST_WORDS)} ${pick(SECOND_WORDS)}`} ${index}`
  const place = pick(PLACES)
  const created = dayBefore(400 + Math.floor(random() * 600))
  const updated = dayBefore(Math.floor(random() * 400))
  const termsDays = pick([15, 30, 60] as const)
  return {
    index,
    type,
    name: type === 'person' ? `${firstName} ${lastName}` : company,
    firstName,
    lastName,
    email: `accounts@customer-${index}.example`,
    phone: `555-${String(1000 + (index % 9000))}`,
    currency: index % 7 === 0 ? 'EUR' : index % 11 === 0 ? 'GBP' : 'USD',
    active: index % 13 !== 0,
    termsDays,
    creditLimit: index % 3 === 0 ? String(5000 * (1 + Math.floor(random() * 10))) : null,
    address: {
      line1: `${1 + Math.floor(random() * 200)} ${pick(STREETS)}`,
      city: place.city,
      region: place.region,
      postalCode: `${place.postal}${String(Math.floor(random() * 90) + 10)}`,
      country: place.country,
    },
    parentIndex: index % 25 === 24 ? index - 1 : null,
    createdAt: `${created}T09:00:00.000Z`,
    updatedAt: `${updated}T${String(8 + (index % 10)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}:00.000Z`,
    documents: generateDocuments(random, termsDays, numbers),
  }
}

/** Up to three invoices, often a payment of the first (whole, part, or with a rest), sometimes a credit memo. */
function generateDocuments(
  random: () => number,
  termsDays: number,
  numbers: { document: number },
): GeneratedDocument[] {
  const documents: GeneratedDocument[] = []
  const add = (document: Omit<GeneratedDocument, 'index'>) => {
    numbers.document += 1
    documents.push({ ...document, index: numbers.document })
    return numbers.document
  }
  const invoices = Math.floor(random() * 4)
  for (let position = 0; position < invoices; position++) {
    const age = 10 + Math.floor(random() * 200)
    const cents = 1000 + Math.floor(random() * 500_000)
    const total = amount(cents)
    const date = dayBefore(age)
    const invoice = add({
      ...{ kind: 'invoice', date, dueDate: dayBefore(age - termsDays), total },
      ...{ method: null, memo: '', applications: [] },
    })
    if (position > 0) continue
    const kind = Math.floor(random() * 4)
    if (kind === 0) continue
    const paid = kind === 1 ? Math.floor(cents / 2) : cents
    const rest = kind === 3 ? 2500 : 0
    add({
      ...{ kind: 'payment', date: dayBefore(age - 9), dueDate: null, total: amount(paid + rest) },
      method: (['check', 'cash', 'wire'] as const)[Math.floor(random() * 3)]!,
      ...{ memo: 'Thank you', applications: [{ invoice, amount: amount(paid) }] },
    })
  }
  if (random() < 0.15) {
    const total = amount(500 + Math.floor(random() * 20_000))
    const date = dayBefore(5 + Math.floor(random() * 50))
    add({ kind: 'credit-memo', date, dueDate: null, total, method: null, memo: 'Returned goods', applications: [] })
  }
  return documents
}

function amount(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

function dayBefore(days: number): string {
  return new Date(Date.parse(GENERATED_UNTIL) - days * DAY).toISOString().slice(0, 10)
}

/** Mulberry32: enough chance for a seed, the same on every machine. */
function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
