/** The books that both sandboxes share: what holds after any sequence of bookings. */
import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BookError, Books, isReceivable } from '../../src/sandbox/books.ts'

const DATE = '2026-03-01'

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
