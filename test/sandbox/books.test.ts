/** The books that both sandboxes share: their limits as examples, and as properties of any sequence of bookings. */
import Big from 'big.js'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { BookError, type BookRefusal, Books, isReceivable } from '../../src/sandbox/books.ts'

const DATE = '2026-03-01'

function refusal(work: () => unknown): BookRefusal | 'nothing refused' {
  try {
    work()
  } catch (error) {
    if (error instanceof BookError) return error.refusal
    throw error
  }
  return 'nothing refused'
}

describe('books', () => {
  let books: Books
  const post = (id: string, kind: 'invoice' | 'payment' | 'credit-memo' | 'deposit', total: string, customerId = 'a') =>
    books.post({ id, kind, customerId, date: DATE, currency: 'USD', total })
  const settle = (source: string, creditId: string, invoiceId: string, amount: string, discount?: string) =>
    books.settle({ source, creditId, invoiceId, amount, date: DATE, ...(discount !== undefined && { discount }) })

  beforeEach(() => {
    books = new Books({ familySettlement: true })
    books.addCustomer({ id: 'a', currency: 'USD' })
    books.addCustomer({ id: 'a1', parentId: 'a', currency: 'USD' })
    books.addCustomer({ id: 'b', currency: 'USD' })
    post('i1', 'invoice', '100.00')
    post('i2', 'invoice', '50.10')
    post('p1', 'payment', '120')
    post('m1', 'credit-memo', '30.10')
  })

  it('keeps open amounts as shortest decimal text', () => {
    settle('p1', 'p1', 'i1', '99.50')
    expect([books.openAmount('i1'), books.openAmount('p1')]).toEqual(['0.5', '20.5'])
    expect(books.balance('a')).toBe('0')
    expect(books.balance('a', { kinds: ['invoice'] })).toBe('50.6')
  })

  it('takes a discount from the invoice and from no credit', () => {
    settle('p1', 'p1', 'i1', '98', '2')
    expect([books.openAmount('i1'), books.openAmount('p1')]).toEqual(['0', '22'])
  })

  it('refuses what does not fit', () => {
    books.post({ id: 'e1', kind: 'invoice', customerId: 'a', date: DATE, currency: 'EUR', total: '10' })
    post('x1', 'invoice', '10', 'b')
    expect(refusal(() => settle('p1', 'p1', 'i1', '100.01'))).toBe('exceeds-open-amount')
    expect(refusal(() => settle('p1', 'm1', 'i1', '30.11'))).toBe('exceeds-credit')
    expect(refusal(() => settle('p1', 'p1', 'e1', '1'))).toBe('wrong-currency')
    expect(refusal(() => settle('p1', 'p1', 'x1', '1'))).toBe('wrong-customer')
    expect(refusal(() => settle('p1', 'p1', 'i1', '0'))).toBe('not-positive')
    expect(refusal(() => settle('p1', 'p1', 'm1', '1'))).toBe('unknown-document')
    expect(refusal(() => settle('p1', 'i2', 'i1', '1'))).toBe('unknown-document')
    expect(refusal(() => post('i1', 'invoice', '1'))).toBe('duplicate')
    expect(refusal(() => post('i9', 'invoice', '0'))).toBe('not-positive')
    expect(refusal(() => books.deleteCustomer('a'))).toBe('in-use')
  })

  it('lets a parent pay for its sub-customer, only where that is wanted, never the other way', () => {
    post('s1', 'invoice', '10', 'a1')
    post('sp', 'payment', '10', 'a1')
    settle('p1', 'p1', 's1', '4')
    expect(books.openAmount('s1')).toBe('6')
    expect(refusal(() => settle('sp', 'sp', 'i1', '1'))).toBe('wrong-customer')
    const strict = new Books()
    strict.restore(books.snapshot())
    const again = { source: 'p1', creditId: 'p1', invoiceId: 's1', amount: '1', date: DATE }
    expect(refusal(() => strict.settle(again))).toBe('wrong-customer')
  })

  it('gives back on remove what the document settled as source, memos too', () => {
    settle('p1', 'p1', 'i1', '60')
    settle('p1', 'm1', 'i1', '30')
    books.remove('p1')
    expect([books.openAmount('i1'), books.openAmount('m1')]).toEqual(['100', '30.1'])
    expect(books.getDocument('p1')).toBeUndefined()
    expect(books.settlements()).toEqual([])
  })

  it('keeps a document that another one uses', () => {
    settle('p1', 'm1', 'i1', '10')
    expect(refusal(() => books.remove('m1'))).toBe('in-use')
    expect(refusal(() => books.remove('i1'))).toBe('in-use')
    expect(refusal(() => books.voidDocument('i1'))).toBe('in-use')
  })

  it('voids: nothing is open, what it paid is open again, and not twice', () => {
    settle('p1', 'p1', 'i1', '60')
    expect(books.voidDocument('p1')).toMatchObject({ open: '0', voided: true })
    expect(books.openAmount('i1')).toBe('100')
    expect(refusal(() => books.voidDocument('p1'))).toBe('in-use')
    expect(refusal(() => settle('p1', 'p1', 'i1', '1'))).toBe('unknown-document')
  })

  it('changes a payment amount down to what is used', () => {
    settle('p1', 'p1', 'i1', '60')
    expect(books.changeTotal('p1', '60').open).toBe('0')
    expect(refusal(() => books.changeTotal('p1', '59.99'))).toBe('exceeds-credit')
    expect(refusal(() => books.changeTotal('i1', '500'))).toBe('in-use')
  })

  it('refuses everything in a closed period', () => {
    const made = settle('p1', 'p1', 'i1', '60')
    books.closedThrough = DATE
    expect(refusal(() => post('i9', 'invoice', '1'))).toBe('period-closed')
    expect(refusal(() => books.release(made.id))).toBe('period-closed')
    expect(refusal(() => books.remove('p1'))).toBe('period-closed')
    expect(refusal(() => books.updateDocument('p1', { details: { memo: 'x' } }))).toBe('period-closed')
    books.closedThrough = '2026-02-28'
    expect(refusal(() => books.updateDocument('p1', { date: '2026-02-28' }))).toBe('period-closed')
  })

  it('merges details and takes away what is undefined', () => {
    books.updateCustomer('a', { details: { one: 1, two: 2 } })
    books.updateCustomer('a', { details: { one: undefined, three: 3 } })
    expect(books.customer('a').details).toEqual({ two: 2, three: 3 })
    expect(refusal(() => books.updateCustomer('a', { parentId: 'a1' }))).toBe('wrong-customer')
  })

  it('undoes a whole transaction, an inner one alone when it is caught', () => {
    const before = JSON.stringify([books.documents(), books.customers()])
    expect(() =>
      books.transaction(() => {
        settle('p1', 'p1', 'i1', '60')
        books.addCustomer({ id: 'c' })
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(JSON.stringify([books.documents(), books.customers()])).toBe(before)
    books.transaction(() => {
      settle('p1', 'p1', 'i1', '10')
      expect(() =>
        books.transaction(() => {
          settle('p1', 'p1', 'i1', '20')
          throw new Error('inner')
        }),
      ).toThrow('inner')
      settle('p1', 'p1', 'i2', '5')
    })
    expect([books.openAmount('i1'), books.openAmount('i2'), books.openAmount('p1')]).toEqual(['90', '45.1', '105'])
  })

  it('tells listeners every change with the customers that it touches', () => {
    const seen: string[] = []
    const stop = books.onChange(({ table, id, customers }) => seen.push(`${table} ${id} ${customers.join()}`))
    const version = books.version
    settle('p1', 'p1', 'i1', '60')
    expect(seen).toEqual(['settlement 1 ', 'document i1 a,a', 'document p1 a,a'])
    expect(books.version).toBe(version + 3)
    stop()
    books.remove('p1')
    expect(seen).toHaveLength(3)
  })

  it('lists one customer of ten thousand without looking at the others', () => {
    for (let index = 0; index < 10_000; index++) {
      books.addCustomer({ id: `c${index}`, currency: 'USD' })
      post(`d${index}`, 'invoice', '1', `c${index}`)
    }
    const start = performance.now()
    for (let index = 0; index < 10_000; index++) {
      expect(books.documents({ customerId: `c${index}`, kind: 'invoice' }).length === 1).toBe(true)
    }
    expect(books.customers().length).toBe(10_003)
    // Looking at all of them each time would be a hundred million steps.
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

type Step = { what: number; one: number; two: number; cents: number }
const step = fc.record({
  what: fc.nat(6),
  one: fc.nat(5),
  two: fc.nat(5),
  cents: fc.integer({ min: -5, max: 3000 }),
})

function attempt(books: Books, { what, one, two, cents }: Step): void {
  const amount = String(cents / 100)
  const pick = (kind: 'invoice' | 'payment' | 'credit-memo', at: number) => {
    const ids = books.documents({ kind }).map((document) => document.id)
    return ids[at % Math.max(1, ids.length)] ?? 'none'
  }
  const common = { customerId: one % 2 ? 'a' : 'b', date: DATE, currency: two % 3 ? 'USD' : 'EUR', total: amount }
  if (what === 0) books.post({ ...common, kind: 'invoice' })
  if (what === 1) books.post({ ...common, kind: two % 2 ? 'payment' : 'credit-memo' })
  const source = pick('payment', one)
  const invoiceId = pick('invoice', two)
  if (what === 2)
    books.settle({ source, creditId: source, invoiceId, amount, discount: two === 1 ? '0.01' : '0', date: DATE })
  if (what === 3) books.settle({ source, creditId: pick('credit-memo', cents + 5), invoiceId, amount, date: DATE })
  if (what === 4) books.release(books.settlements()[one]?.id ?? 'none')
  if (what === 5) books.remove(two % 2 ? source : invoiceId)
  if (what === 6) books.changeTotal(source, amount)
}

function run(books: Books, steps: readonly Step[]): void {
  for (const one of steps) {
    try {
      attempt(books, one)
    } catch (error) {
      if (!(error instanceof BookError)) throw error
    }
  }
}

function newBooks(): Books {
  const books = new Books()
  books.addCustomer({ id: 'a' })
  books.addCustomer({ id: 'b' })
  return books
}

describe('books, whatever is booked', () => {
  it('never have a negative open amount, and what is open plus what is settled is the total', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const books = newBooks()
        run(books, steps)
        for (const { id, kind, open, total } of books.documents()) {
          const used = isReceivable(kind)
            ? books.settlements({ invoiceId: id }).flatMap(({ amount, discount }) => [amount, discount])
            : books.settlements({ creditId: id }).map(({ amount }) => amount)
          const sum = used.reduce((left, right) => left.plus(right), new Big(open))
          expect([new Big(open).gte(0), sum.eq(total)]).toEqual([true, true])
        }
      }),
    )
  })

  it('have balances that are the documents added up', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const books = newBooks()
        run(books, steps)
        const all = books.documents().map(({ kind, open }) => new Big(open).times(isReceivable(kind) ? 1 : -1))
        const sum = all.reduce((left, right) => left.plus(right), new Big(0)).toFixed()
        expect(new Big(books.balance('a')).plus(books.balance('b')).toFixed()).toBe(sum)
      }),
    )
  })

  it('are after a transaction that failed as they were before it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.array(step, { maxLength: 30 }), (before, inside) => {
        const books = newBooks()
        run(books, before)
        const sorted = () => {
          const lists = [books.customers(), books.documents(), books.settlements()]
          return lists.map((list) => [...list].sort((left, right) => (left.id < right.id ? -1 : 1)))
        }
        const was = sorted()
        expect(() =>
          books.transaction(() => {
            run(books, inside)
            throw new Error('stop')
          }),
        ).toThrow('stop')
        expect(sorted()).toEqual(was)
        for (const customerId of ['a', 'b']) {
          const listed = books.documents({ customerId }).map(({ id }) => id)
          const looked = books.documents().filter((document) => document.customerId === customerId)
          expect(listed.sort()).toEqual(looked.map(({ id }) => id).sort())
        }
      }),
    )
  })
})
