/** What is promised about single fields: what goes in comes out, and what has no place is refused with its reason. */
import { expect } from 'vitest'
import type { Area, World } from './promises.ts'
import { DAY, newCustomer, newDebtor, newName, pay, problem, read } from './world.ts'

export const HOSTILE = [
  '<b>&amp;</b> & "quoted" \'single\' `tick`',
  ']]> <![CDATA[ <!-- -->',
  "' OR 1=1 --",
  "'; DROP TABLE customer; --",
  'æøå ÆØÅ ß ñ',
  '漢字 かな 한국어 עברית',
  'emoji 🙂👩‍👩‍👧 𝒳',
  '00123',
  'a trailing space ',
  ' a leading space',
  'two  spaces\tand a tab',
  'line one\nline two\r\nline three',
  '{{x}} %s %d %00 \\n \\u0041',
  'null',
  'true',
  '1e3',
]

/** A value that every ERP with such a field can hold. */
const PLAIN: Readonly<Record<string, unknown>> = {
  email: 'one@acme.example',
  altEmail: 'two@acme.example',
  phone: '555-0100',
  altPhone: '555-0101',
  mobile: '555-0102',
  fax: '555-0103',
  website: 'https://acme.example/a?b=c&d=e',
  status: 'inactive',
  onHold: true,
  currency: 'USD',
  taxable: true,
  taxId: '12-3456789',
  resaleNumber: 'R-1',
  creditLimit: '1234.50',
  comments: 'words',
}
/** What to write where the field may have no place. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  ...PLAIN,
  externalId: 'ours-1',
  stage: { id: '13' },
  partner: { id: '1' },
  department: { id: '1' },
  class: { id: '1' },
  location: { id: '1' },
  billingSchedule: { id: '1' },
  discountItem: { id: '1' },
  emailOptIn: true,
}
type Fields = Record<string, { read: boolean; create: boolean; update: boolean; reason?: string }>
const customerFields = async (world: World): Promise<Fields> =>
  (await read(world, `/v1/connections/${world.connection}`)).capabilities.customer.fields

export const fields: Area = (promise) => {
  promise(
    'writes, reads and clears every plain field that it says it has',
    ['createCustomer', 'updateCustomer', 'getCustomer'],
    async (world) => {
      const known = await customerFields(world)
      const wanted = Object.fromEntries(Object.entries(PLAIN).filter(([field]) => known[field]?.create))
      expect(Object.keys(wanted).length).toBeGreaterThan(10)
      const made = await newCustomer(world, wanted)
      expect(made).toMatchObject(wanted)
      const clearable = Object.keys(wanted).filter(
        (field) => known[field]?.update && !['status', 'currency', 'onHold', 'taxable'].includes(field),
      )
      const cleared = await world.request('PATCH', `/v1/customers/${made.id}`, {
        body: Object.fromEntries(clearable.map((field) => [field, null])),
      })
      expect({ status: cleared.status, detail: cleared.body.detail }).toEqual({ status: 200, detail: undefined })
      for (const field of clearable) expect({ field, value: cleared.body[field] }).toEqual({ field, value: null })
      expect(cleared.body).toMatchObject({ name: made.name, status: 'inactive', onHold: true })
    },
  )
  promise(
    'refuses a field that it has no place for, with the reason it shows',
    ['createCustomer', 'updateCustomer'],
    async (world) => {
      const known = await customerFields(world)
      const missing = Object.entries(SAMPLES).filter(
        ([field]) => known[field] && !known[field].create && !known[field].read,
      )
      expect(missing.length).toBeGreaterThan(0)
      for (const [field, value] of missing) {
        const answer = await world.request('POST', '/v1/customers', {
          body: { connection: world.connection, name: newName(), [field]: value },
        })
        const { errors, applied } = problem(answer, 422, 'field_not_supported')
        expect(errors).toEqual([{ pointer: `/${field}`, code: 'field_not_supported', detail: known[field]?.reason }])
        expect(applied).toBe('no')
      }
    },
  )
  promise(
    'turns a field without a place into a warning when asked to be lenient',
    ['createCustomer'],
    async (world) => {
      const known = await customerFields(world)
      const [field, value] = Object.entries(SAMPLES).find(
        ([name]) => known[name] && !known[name].create && !known[name].read,
      ) as [string, unknown]
      const body = { connection: world.connection, name: newName(), [field]: value }
      const answer = await world.request('POST', '/v1/customers', { body, headers: { prefer: 'handling=lenient' } })
      expect(answer.status).toBe(201)
      expect(answer.body.warnings).toMatchObject([{ pointer: `/${field}` }])
    },
  )
  promise(
    'never lets a read-only or unknown field pass',
    ['createCustomer', 'updateCustomer', 'createPayment'],
    async (world) => {
      const { id } = await newCustomer(world)
      for (const wrong of [
        { balance: '1.00' },
        { createdAt: '2026-01-01T00:00:00Z' },
        { colour: 'red' },
        { creditLimit: 5 },
        { creditLimit: '1,5' },
        { email: '' },
      ]) {
        problem(
          await world.request('POST', '/v1/customers', {
            body: { connection: world.connection, name: newName(), ...wrong },
          }),
          400,
          'invalid_request',
        )
        problem(await world.request('PATCH', `/v1/customers/${id}`, { body: wrong }), 400, 'invalid_request')
      }
      problem(await pay(world, id, { amount: '1.00', appliedAmount: '1.00' }, 400), 400, 'invalid_request')
    },
  )
  promise(
    `keeps <>&"', ]]>, ' OR 1=1, æøå, 漢字, emoji, leading zeros and a trailing space`,
    ['createCustomer', 'updateCustomer', 'getCustomer'],
    async (world) => {
      const { id } = await newCustomer(world)
      for (const text of HOSTILE) {
        const changed = await world.request('PATCH', `/v1/customers/${id}`, { body: { comments: text } })
        expect({ status: changed.status, comments: changed.body.comments, detail: changed.body.detail }).toEqual({
          status: 200,
          comments: text,
          detail: undefined,
        })
        expect((await read(world, `/v1/customers/${id}`)).comments).toBe(text)
      }
    },
  )
  promise('keeps such text in names and addresses', ['createCustomer', 'listCustomers'], async (world) => {
    for (const text of [`Ærø & Søn <"x"> 'y' ]]>`, "' OR 1=1 --", '漢字 🙂', '0012']) {
      const name = newName(text)
      const made = await newCustomer(world, {
        name,
        addresses: [{ line1: text, city: `${text} city`, country: 'DK', isDefaultBilling: true }],
      })
      expect(made.name).toBe(name)
      expect(made.addresses[0]).toMatchObject({ line1: text, city: `${text} city`, country: 'DK' })
      const listed = await read(world, `/v1/customers?connection=${world.connection}&name=${encodeURIComponent(name)}`)
      expect(listed.data.map((one: { id: string }) => one.id)).toEqual([made.id])
    }
  })
  promise('keeps such text in memo and reference', ['createPayment', 'getPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    for (const text of [`<a>&"' ]]>`, "' OR 1=1", 'æøå 漢字 🙂', '00123', 'ends with a space ']) {
      const { body } = await pay(world, customer.id, {
        amount: '1.00',
        memo: text,
        reference: text,
        applications: [{ invoiceId: first.id, amount: '1.00' }],
      })
      expect(body).toMatchObject({ memo: text, reference: text, date: DAY })
      expect(await read(world, `/v1/payments/${body.id}`)).toMatchObject({ memo: text, reference: text })
    }
  })
  promise('refuses text that no ERP can hold, and sends nothing', ['createCustomer'], async (world) => {
    for (const text of ['nul \u0000', 'bell \u0007', 'not a character \uFFFE', 'half a pair \uD800']) {
      const body = JSON.stringify({ connection: world.connection, name: newName(), comments: text })
      const { errors } = problem(await world.request('POST', '/v1/customers', { body }), 400, 'invalid_request')
      expect(errors[0].pointer).toBe('/comments')
    }
    expect(world.erp.proxy.exchanges).toEqual([])
  })
  promise(
    'answers money with the digits of its currency, and never rounds',
    ['createCustomer', 'createPayment'],
    async (world) => {
      expect(await newCustomer(world, { creditLimit: '7' })).toMatchObject({ creditLimit: '7.00' })
      const { customer, first } = await newDebtor(world)
      const { body } = await pay(world, customer.id, {
        amount: '0.1',
        applications: [{ invoiceId: first.id, amount: '0.10' }],
      })
      expect(body).toMatchObject({ amount: '0.10', appliedAmount: '0.10', applications: [{ amount: '0.10' }] })
      expect(first.open()).toBe('99.90')
      const { body: large } = await pay(world, customer.id, { amount: '99999999999.99' })
      expect(large).toMatchObject({ amount: '99999999999.99', unappliedAmount: '99999999999.99' })
    },
  )
}
