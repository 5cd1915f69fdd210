/** The fixed element order of the legacy functions that the sandbox runs (official XML schema v3.0). */
import {
  ANY_NUMBER,
  AT_LEAST_ONE,
  among,
  choice,
  elements,
  empty,
  type Model,
  maybe,
  OPTIONAL,
  one,
  type Particle,
  sequence,
} from './content-model.ts'
import { withNewer } from './newer-fields.ts'

const TRUE_OR_FALSE = { check: among(['true', 'false']) }
const DATE = elements(sequence([one('year'), one('month'), one('day')]))

function maybeEach(names: string): Particle[] {
  return names.split(' ').map((name) => maybe(name))
}

const MAIL_ADDRESS = elements(
  sequence(
    withNewer('mailaddress', maybeEach('address1 address2 city state zip country isocountrycode latitude longitude')),
  ),
)
const CONTACT = elements(
  sequence(
    withNewer('contact', [
      one('contactname'),
      one('printas'),
      ...maybeEach('taxable companyname taxgroup prefix firstname lastname initial phone1 phone2 cellphone pager fax'),
      ...maybeEach('email1 email2 url1 url2 status'),
      maybe('mailaddress', MAIL_ADDRESS),
      maybe('taxid'),
    ]),
  ),
)
const CONTACT_OR_NAME = elements(choice([one('contact', CONTACT), one('contactname')]))
const CONTACT_ITEM = elements(sequence([one('category'), one('contactname')]))
const CUSTOM_FIELD = elements(sequence([one('customfieldname'), one('customfieldvalue')]))
const VISIBILITY = elements(
  sequence([
    one('visibility_type'),
    one('restricted_locs', elements(one('locationid', undefined, AT_LEAST_ONE)), ANY_NUMBER),
    one('restricted_depts', elements(one('departmentid', undefined, AT_LEAST_ONE)), ANY_NUMBER),
  ]),
)

/** From `parentid` on, create and update agree. */
function customerBody(externalId: boolean): Particle[] {
  return [
    ...maybeEach('parentid termname custrepid shippingmethod custtype taxid creditlimit'),
    ...maybeEach('territoryid resaleno'),
    maybe('deliveryoptions', elements(one('deliveryoption', undefined, AT_LEAST_ONE))),
    ...maybeEach('accountlabel glaccountno glgroup onhold comments status currency'),
    ...(externalId ? [maybe('externalid')] : []),
    ...['primary', 'billto', 'shipto', 'contactinfo'].map((name) => maybe(name, CONTACT_OR_NAME)),
    maybe('contactlist', elements(one('contactitem', CONTACT_ITEM, AT_LEAST_ONE))),
    maybe('vsoepricelist'),
    maybe('customfields', elements(one('customfield', CUSTOM_FIELD, ANY_NUMBER))),
    maybe('visibility', VISIBILITY),
    ...maybeEach('supdocid offsetglaccountno'),
  ]
}

const CURRENCY = sequence(
  [
    maybe('basecurr'),
    one('currency'),
    choice([sequence([maybe('exchratedate', DATE), one('exchratetype')]), one('exchrate')]),
  ],
  OPTIONAL,
)
const PAYMENT_ITEM = elements(sequence([one('invoicekey'), one('amount')]))
const CARD = elements(
  sequence([
    one('cardnum'),
    one('expirydate', elements(sequence([one('exp_month'), one('exp_year')]))),
    one('cardtype'),
    ...maybeEach('securitycode usedefaultcard'),
  ]),
)
const ACH = elements(
  sequence([
    ...'bankname accounttype accountnumber routingnumber accountholder'.split(' ').map((name) => one(name)),
    maybe('usedefaultaccount'),
  ]),
)

export const LEGACY_FUNCTIONS: Readonly<Record<string, Model>> = {
  create_customer: elements(
    sequence(withNewer('create_customer', [one('customerid'), one('name'), ...customerBody(true)])),
    {
      ignoreduplicates: TRUE_OR_FALSE,
    },
  ),
  update_customer: elements(sequence(withNewer('update_customer', [maybe('name'), ...customerBody(false)])), {
    customerid: { required: true },
    set_nulls: TRUE_OR_FALSE,
    externalkey: TRUE_OR_FALSE,
  }),
  delete_customer: empty({ customerid: { required: true }, externalkey: TRUE_OR_FALSE }),
  create_arpayment: elements(
    sequence([
      one('customerid'),
      one('paymentamount'),
      maybe('translatedamount'),
      choice([one('batchkey'), one('bankaccountid'), one('undepfundsacct')], OPTIONAL),
      ...maybeEach('refid overpaylocid overpaydeptid'),
      maybe('datereceived', DATE),
      maybe('paymentmethod'),
      CURRENCY,
      ...maybeEach('cctype authcode'),
      one('arpaymentitem', PAYMENT_ITEM, ANY_NUMBER),
      choice([one('onlinecardpayment', CARD), one('onlineachpayment', ACH)], ANY_NUMBER),
    ]),
  ),
  apply_arpayment: elements(
    sequence([
      one('arpaymentkey'),
      one('paymentdate', DATE),
      ...maybeEach('batchkey memo overpaylocid overpaydeptid'),
      one('arpaymentitems', elements(one('arpaymentitem', PAYMENT_ITEM, AT_LEAST_ONE)), ANY_NUMBER),
    ]),
  ),
  reverse_arpayment: elements(
    sequence([one('datereversed', DATE), maybe('description'), maybe('nsfclosedaccount', { kind: 'anything' })]),
    {
      key: { required: true },
    },
  ),
  get_araging: elements(
    sequence([
      ...maybeEach('agingperiods customerid invoiceno locationid departmentid'),
      maybe('asofdate', DATE),
      ...maybeEach('useduedate showdetails documenttype useglpostdate showzerowithactivity'),
    ]),
  ),
}
