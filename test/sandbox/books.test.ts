/** The books that both sandboxes share: their limits, by examples. */
import { beforeEach, describe, expect, it } from 'vitest'
import { BookError, type BookRefusal, Books } from '../../src/sandbox/books.ts'

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
    let found = 0
    for (let index = 0; index < 10_000; index++) {
      found += books.documents({ customerId: `c${index}`, kind: 'invoice' }).length
    }
    expect(found).toBe(10_000)
    expect(books.customers().length).toBe(10_003)
    // Looking at all of them each time would be a hundred million steps.
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
