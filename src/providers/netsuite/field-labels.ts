/** The labels and script names by which NetSuite's error texts call fields, and the properties of record JSON they mean. */

/** Labels of the standard forms, folded; accounts rename some, and those then have no pointer. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  'company name': ['companyName'],
  'first name': ['firstName'],
  'last name': ['lastName'],
  name: ['companyName', 'lastName'],
  'customer id': ['entityId'],
  'entity id': ['entityId'],
  subsidiary: ['subsidiary'],
  'primary subsidiary': ['subsidiary'],
  status: ['entityStatus'],
  email: ['email'],
  phone: ['phone'],
  terms: ['terms'],
  category: ['category'],
  'sales rep': ['salesRep'],
  'price level': ['priceLevel'],
  currency: ['currency'],
  customer: ['customer'],
  date: ['tranDate'],
  'payment amount': ['payment'],
  amount: ['payment'],
  'payment method': ['paymentOption'],
  'payment option': ['paymentOption'],
  'check #': ['checkNumber'],
  account: ['account'],
  'a/r account': ['arAcct'],
  'ar account': ['arAcct'],
  'exchange rate': ['exchangeRate'],
  department: ['department'],
  class: ['class'],
  location: ['location'],
  memo: ['memo'],
}

/** Script names that are not just the property in lower case. */
const SCRIPT_NAMES: Readonly<Record<string, readonly string[]>> = {
  aracct: ['arAcct'],
  checknum: ['checkNumber'],
  paymentmethod: ['paymentOption'],
  entity: ['customer'],
}

/** Fields whose bad value is not a bad reference. */
export const TEXT_FIELDS = [
  'email',
  'altemail',
  'phone',
  'altphone',
  'mobilephone',
  'fax',
  'url',
  'trandate',
  'payment',
  'amount',
  'creditlimit',
  'entityid',
  'companyname',
  'memo',
  'exchangerate',
  'zip',
] as const

/** Names as messages list them: labels of the form, or the script names themselves. */
export const pathsOfLabels = (labels: string): string[] =>
  labels
    .replace(/\.$/, '')
    .split(/,\s*/)
    .flatMap((label) => {
      const name = label.trim().toLowerCase()
      return LABELS[name] ?? (/^\w+$/.test(name) ? pathsOfField(name) : [])
    })
export const pathsOfField = (name: string): readonly string[] =>
  name === '' ? [] : (SCRIPT_NAMES[name.toLowerCase()] ?? [name])
