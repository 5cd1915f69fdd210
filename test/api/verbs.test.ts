/** The verbs of payments over HTTP: what they do and refuse and how they say it, keys, versions, confirmations. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErpName, Posted } from '../support/erps.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'
import { DATE, verbWorld } from './verbs-world.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 2 })
})
afterAll(() => gateway.close())

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (connection) => {
  const { erp, post, get, ok, refused, world, on, applied } = verbWorld(connection, () => gateway)

  describe('POST /v1/payments/{id}/apply', () => {
    it('keeps the id, adds to what is settled, and reads back the same', async () => {
      const { first, second, memo, payment } = await world()
      const body = ok(
        await post(`/v1/payments/${payment.id}/apply`, {
          applications: [on(first, '35.00'), on(second, '20.00')],
          credits: [{ creditId: memo.id, amount: '10.00' }],
        }),
      )
      expect(body).toMatchObject({ id: payment.id, amount: '50.00', appliedAmount: '45.00', unappliedAmount: '5.00' })
      expect(applied(body)).toEqual([
        [first.id, '35.00'],
        [second.id, '20.00'],
      ])
      expect(body.applications[0]).toMatchObject({ cashAmount: '25.00', creditAmount: '10.00' })
      expect(body.credits).toMatchObject([{ creditId: memo.id, amount: '10.00' }])
      expect([first, second, memo].map((item) => item.open())).toEqual(['65.00', '40.00', '20.00'])
      expect(await get(`/v1/payments/${payment.id}`)).toEqual(body)
      const listed = await get(`/v1/payments?customerId=${payment.customer.id}`)
      expect(listed.data.map((one: { id: string }) => one.id)).toEqual([payment.id])
    })
    it('adds to the same invoice, found by its number', async () => {
      const { first, payment } = await world()
      const half = { applications: [{ invoiceNumber: first.number, amount: '10.00' }] }
      ok(await post(`/v1/payments/${payment.id}/apply`, half))
      const body = ok(await post(`/v1/payments/${payment.id}/apply`, half))
      expect(applied(body)).toEqual([[first.id, '20.00']])
      expect(first.open()).toBe('80.00')
    })
    it('repeats its answer and not the application for the same key', async () => {
      const { first, payment } = await world()
      const key = newKey()
      const apply = () => post(`/v1/payments/${payment.id}/apply`, { applications: [on(first, '10.00')] }, { key })
      const [once, again] = [await apply(), await apply()]
      expect(again.body).toEqual(once.body)
      expect(again.headers.get('idempotent-replayed')).toBe('true')
      expect(first.open()).toBe('90.00')
      const other = await post(`/v1/payments/${payment.id}/apply`, { applications: [on(first, '11.00')] }, { key })
      expect(other.body).toMatchObject({ code: 'idempotency_key_reused' })
    })
    it('refuses more than the rest, more than is open, nothing, and strange words', async () => {
      const { first, second, memo, payment } = await world()
      const path = `/v1/payments/${payment.id}/apply`
      const from = (...applications: object[]) => post(path, { applications })
      refused(await from(on(first, '50.01')), 422, 'allocation_exceeds_amount', '/applications/0/amount')
      refused(await from(on(second, '60.01')), 422, 'allocation_exceeds_open_amount', '/applications/0/amount')
      refused(await from(on(first, '1.001')), 400, 'invalid_request', '/applications/0/amount')
      refused(await from(on(first, '1.00'), on(first, '1.00')), 400, 'invalid_request', '/applications/1')
      refused(await from(), 400, 'invalid_request', '/applications')
      refused(await post(path, {}), 400, 'invalid_request', '/applications')
      refused(await post(path, { applications: [on(first, '1')], memo: 'x' }), 400, 'invalid_request', '/memo')
      const tooMuch = { applications: [on(first, '1.00')], credits: [{ creditId: memo.id, amount: '2.00' }] }
      refused(await post(path, tooMuch), 422, 'allocation_exceeds_amount', '/credits/0/amount')
      const { customer } = await world()
      const foreign = erp().invoice(customer.nativeId, { total: '5.00' })
      refused(await from(on(foreign, '5.00')), 422, 'invalid_reference', '/applications/0/invoiceId')
      const euro = erp().invoice(payment.customer.id.split('_')[2], { total: '5.00', currency: 'EUR' })
      refused(await from(on(euro, '5.00')), 422, 'currency_mismatch', '/applications/0')
      expect([first.open(), second.open()]).toEqual(['100.00', '60.00'])
    })
    it('does not use its own rest as a credit', async () => {
      const { first, customer, payment } = await world()
      const { data } = await get(`/v1/customers/${customer.id}/open-items`)
      const rest = data.find((item: { paymentId: string }) => item.paymentId === payment.id)
      const credits = [{ creditId: rest.id, amount: '1.00' }]
      const answer = await post(`/v1/payments/${payment.id}/apply`, { applications: [on(first, '2.00')], credits })
      refused(answer, 422, 'invalid_reference', '/credits/0/creditId')
    })
    it('needs a key, the right kind of id, and the version that If-Match names', async () => {
      const { first, payment } = await world()
      const path = `/v1/payments/${payment.id}/apply`
      const body = { applications: [on(first, '1.00')] }
      expect((await gateway.request('POST', path, { body })).body).toMatchObject({ code: 'idempotency_key_missing' })
      refused(await post(`/v1/payments/${first.id}/apply`, body), 400, 'wrong_id_kind')
      refused(await post(`/v1/payments/pay_${connection}_99999999/apply`, body), 404, 'not_found')
      refused(await post(path, body, { headers: { 'if-match': '"old"' } }), 412, 'precondition_failed')
      const etag = (await gateway.request('GET', `/v1/payments/${payment.id}`)).headers.get('etag') as string
      const fresh = await post(path, body, { headers: { 'if-match': etag } })
      ok(fresh)
      expect(fresh.headers.get('etag')).not.toBe(etag)
    })
    it('does nothing with what is voided', async () => {
      const { first, payment } = await world()
      ok(await post(`/v1/payments/${payment.id}/void`))
      const answer = await post(`/v1/payments/${payment.id}/apply`, { applications: [on(first, '1.00')] })
      if (connection === 'intacct') refused(answer, 409, 'not_changeable')
      else refused(answer, 404, 'not_found')
    })
  })

  describe('POST /v1/payments/{id}/unapply', () => {
    const settled = async () => {
      const made = await world()
      const { first, second, memo, payment } = made
      ok(
        await post(`/v1/payments/${payment.id}/apply`, {
          applications: [on(first, '35.00'), on(second, '20.00')],
          credits: [{ creditId: memo.id, amount: '10.00' }],
        }),
      )
      return made
    }
    it('releases credits first, then cash, which stays on the payment', async () => {
      const { first, second, memo, payment } = await settled()
      const path = `/v1/payments/${payment.id}/unapply`
      const little = ok(await post(path, { applications: [on(first, '4.00')] }))
      expect([first.open(), memo.open(), little.unappliedAmount]).toEqual(['69.00', '24.00', '5.00'])
      const more = ok(await post(path, { applications: [on(first, '10.00')] }))
      expect([first.open(), memo.open(), more.unappliedAmount]).toEqual(['79.00', '30.00', '9.00'])
      const body = ok(await post(path, { applications: [on(first), on(second)] }))
      expect(body).toMatchObject({ id: payment.id, appliedAmount: '0.00', unappliedAmount: '50.00', applications: [] })
      expect(body.credits).toEqual([])
      expect([first, second, memo].map((item) => item.open())).toEqual(['100.00', '60.00', '30.00'])
      expect(body.replaces ?? null).toBeNull()
    })
    it('refuses more than is applied and what is not', async () => {
      const { first, second, payment } = await settled()
      const path = `/v1/payments/${payment.id}/unapply`
      const from = (...applications: object[]) => post(path, { applications })
      refused(await from(on(second, '20.01')), 422, 'allocation_exceeds_amount', '/applications/0/amount')
      refused(await from(on(second), on(second, '1.00')), 400, 'invalid_request', '/applications/1/invoiceId')
      const { first: other } = await world()
      refused(await from(on(other)), 422, 'invalid_reference', '/applications/0/invoiceId')
      refused(await post(`${path}?confirm=yes`, { applications: [on(first)] }), 400, 'invalid_request', '?confirm')
      expect([first.open(), second.open()]).toEqual(['65.00', '40.00'])
    })
    it('asks before it reverses what was posted, and says what replaces what', async () => {
      const applications = (first: Posted, second: Posted) => [on(first, '70.00'), on(second, '10.00')]
      const { customer, first, second, memo } = await world()
      const fields = { method: 'check', reference: '77', memo: 'kept' }
      const { body: receipt } = await post('/v1/payments', {
        ...{ customer: { id: customer.id }, date: DATE, amount: '90.00', ...fields },
        applications: applications(first, second),
        credits: [{ creditId: memo.id, amount: '20.00' }],
      })
      ok(await post(`/v1/payments/${receipt.id}/apply`, { applications: [on(second, '12.00')] }))
      const path = `/v1/payments/${receipt.id}/unapply`
      const unapply = { applications: [on(first, '25.00')] }
      if (connection === 'intacct') {
        const problem = refused(await post(path, unapply), 409, 'confirmation_required')
        expect(problem.detail).toMatch(/revers.*confirm=reverse/)
        expect([first.open(), second.open(), memo.open()]).toEqual(['30.00', '38.00', '10.00'])
      }
      const body = ok(await post(`${path}?confirm=reverse`, unapply))
      expect(body).toMatchObject({
        ...fields,
        date: DATE,
        amount: '90.00',
        appliedAmount: '67.00',
        unappliedAmount: '23.00',
      })
      expect([first.open(), second.open(), memo.open()]).toEqual(['55.00', '38.00', '30.00'])
      expect(applied(body)).toEqual([
        [first.id, '45.00'],
        [second.id, '22.00'],
      ])
      if (connection === 'netsuite') return expect(body).toMatchObject({ id: receipt.id })
      expect(body.replaces).toBe(receipt.id)
      expect(body.id).not.toBe(receipt.id)
      expect(await get(`/v1/payments/${receipt.id}`)).toMatchObject({ status: 'voided', replacedBy: body.id })
      expect(await get(`/v1/payments/${body.id}`)).toEqual(body)
      const again = ok(
        await post(`${path.replace(receipt.id, body.id)}?confirm=reverse`, { applications: [on(second)] }),
      )
      expect(await get(`/v1/payments/${again.id}`)).toMatchObject({ replaces: body.id })
      expect(await get(`/v1/payments/${body.id}`)).toMatchObject({ replaces: receipt.id, replacedBy: again.id })
      const part = await get(`/v1/payments/${body.id}?fields=status,replacedBy`)
      expect(part).toMatchObject({ status: 'voided', replacedBy: again.id })
      expect(part).not.toHaveProperty('replaces')
    })
    it('leaves everything as it was when the period is closed', async () => {
      const { first, second, memo, payment } = await settled()
      const opens = () => [first, second, memo].map((item) => item.open())
      const before = opens()
      erp().books.closedThrough = '2099-12-31'
      const answer = await post(`/v1/payments/${payment.id}/unapply?confirm=reverse`, { applications: [on(first)] })
      erp().books.closedThrough = null
      refused(answer, 409, 'period_closed')
      expect(opens()).toEqual(before)
    })
  })

  describe('voiding', () => {
    it('takes back what was applied later', async () => {
      const { first, memo, payment } = await world()
      const credits = [{ creditId: memo.id, amount: '5.00' }]
      ok(await post(`/v1/payments/${payment.id}/apply`, { applications: [on(first, '25.00')], credits }))
      ok(await post(`/v1/payments/${payment.id}/void`))
      expect([first.open(), memo.open()]).toEqual(['100.00', '30.00'])
    })
    it('is refused when another payment used the rest', async () => {
      const { customer, first, payment } = await world()
      const { data } = await get(`/v1/customers/${customer.id}/open-items`)
      const rest = data.find((item: { paymentId: string }) => item.paymentId === payment.id)
      const used = await post('/v1/payments', {
        ...{ customer: { id: customer.id }, date: DATE, amount: '1.00', applications: [on(first, '41.00')] },
        credits: [{ creditId: rest.id, amount: '40.00' }],
      })
      expect(used.status).toBe(201)
      refused(await post(`/v1/payments/${payment.id}/void`), 409, 'not_changeable')
      expect(first.open()).toBe('59.00')
      ok(await post(`/v1/payments/${used.body.id}/void`))
      ok(await post(`/v1/payments/${payment.id}/void`))
      expect(first.open()).toBe('100.00')
    })
  })
})
