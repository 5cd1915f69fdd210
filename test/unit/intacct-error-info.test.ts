/** Additional error information of Intacct: asked for only where the connection says so, used wherever it comes. */
import { describe, expect, it } from 'vitest'
import { renderEnvelope } from '../../src/providers/intacct/envelope.ts'
import { classify } from '../../src/providers/intacct/failures.ts'
import type { Settings } from '../../src/providers/intacct/settings.ts'

const SETTINGS: Settings = {
  ...{ endpoint: 'https://api.intacct.com/ia/xml/xmlgw.phtml', senderId: 's', senderPassword: 'p', companyId: 'c' },
  ...{ userId: 'u', userPassword: 'q' },
}
const render = (more: Partial<Settings>) =>
  renderEnvelope(
    { ...SETTINGS, ...more },
    { functions: [['query', []]], controlId: 'c', once: false, transaction: false, authentication: { sessionId: 'x' } },
  )

/** The form of the developer docs (error handling). */
const info = (id: string, message: string) =>
  `<additionalinfo><errorid>${id}</errorid><category>Duplication Prevention</category><target/><cdescription><messageid>${message}</messageid><placeholders><placeholder name="ACCOUNTNO" value="5000.11"/></placeholders></cdescription></additionalinfo>`
const failing = (status: string, ...errors: string[]) =>
  classify({
    status: 200,
    headers: { 'content-type': 'text/xml; encoding="UTF-8"' },
    body: `<?xml version="1.0" encoding="UTF-8"?><response><control><status>success</status></control><operation><authentication><status>success</status></authentication><result><status>${status}</status><function>create</function><controlid>f</controlid><errormessage>${errors.join('')}</errormessage></result></operation></response>`,
  })
const error = (number: string, text: string, more = '') =>
  `<error><errorno>${number}</errorno><description></description><description2>${text}</description2><correction></correction>${more}</error>`
const ROLLED_BACK = error(
  'XL03000009',
  'The entire transaction in this operation has been rolled back due to an error.',
)

describe('additional error information', () => {
  it('is the last word of control, and only where the connection says so', () => {
    expect(render({})).not.toContain('showadditionalerrorinfo')
    expect(render({ additionalErrorInfo: true })).toContain(
      '<includewhitespace>false</includewhitespace><showadditionalerrorinfo>true</showadditionalerrorinfo></control>',
    )
  })

  it('keeps the id of the cause, not that of the effect', () => {
    const cause = error('BL34000061', 'Another Customer already exists', info('AR-0235', 'IA.CUSTOMER_ALREADY_EXISTS'))
    const effect = error('BL01001973', 'Could not create record!', info('AR-0999', 'IA.COULD_NOT_CREATE'))
    expect(failing('failure', cause, effect)).toMatchObject({
      code: 'conflict',
      upstream: { code: 'BL34000061', errorId: 'AR-0235' },
    })
  })

  it('keeps the id of the offender in an aborted transaction', () => {
    const cause = error('BL01001973', 'x', info('GL-0493', 'IA.THE_ACCOUNT_NUMBER_ALREADY_EXISTS'))
    expect(failing('aborted', cause, ROLLED_BACK)).toMatchObject({
      code: 'conflict',
      applied: 'no',
      upstream: { errorId: 'GL-0493' },
    })
  })

  it('decides by its message id where the text is in another language', () => {
    const text = 'Le numéro de compte est déjà utilisé.'
    const known = info('GL-0493', 'IA.THE_ACCOUNT_NUMBER_ALREADY_EXISTS')
    expect(failing('failure', error('BL01001973', text, known))).toMatchObject({ code: 'conflict', detail: text })
    expect(failing('failure', error('BL01001973', text))).toMatchObject({ code: 'rejected' })
  })

  it('is left away where there is none', () => {
    expect(failing('failure', error('BL01001973', 'x'))?.upstream).not.toHaveProperty('errorId')
  })
})
