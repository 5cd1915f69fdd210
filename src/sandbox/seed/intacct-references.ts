/** The small tables of the Intacct sandbox's company: rows by the id that other records use. */
import type { Fields } from '../intacct/company.ts'

/** Base currency for one unit; they never change here. */
export const RATES: Readonly<Record<string, string>> = { USD: '1', EUR: '1.1', GBP: '1.25' }

const CREATED = '2025-01-02T08:00:00Z'

/** The first field of a row is its id. */
function rows(list: readonly Fields[]): ReadonlyMap<string, Fields> {
  return new Map(
    list.map((row, index) => [
      Object.values(row)[0]!,
      { STATUS: 'active', ...row, RECORDNO: String(index + 1), WHENCREATED: CREATED, WHENMODIFIED: CREATED },
    ]),
  )
}

function term(days: number): Fields {
  return { NAME: `Net ${days}`, DESCRIPTION: `Due in ${days} days`, VALUE: `::#${days}#:O:` }
}

export function intacctReferences(): [string, ReadonlyMap<string, Fields>][] {
  const entities = [
    { LOCATIONID: '100', NAME: 'United States', CURRENCY: 'USD' },
    { LOCATIONID: '200', NAME: 'United Kingdom', CURRENCY: 'USD' },
  ]
  return [
    [
      'ARTERM',
      rows([
        term(15),
        term(30),
        term(60),
        { NAME: 'Net 90', DESCRIPTION: 'Retired', VALUE: '::#90#:O:', STATUS: 'inactive' },
      ]),
    ],
    [
      'TRXCURRENCIES',
      rows([
        { CODE: 'USD', DESCRIPTION: 'US Dollar', BASE: 'true', RATE: RATES['USD']! },
        { CODE: 'EUR', DESCRIPTION: 'Euro', BASE: 'false', RATE: RATES['EUR']! },
        { CODE: 'GBP', DESCRIPTION: 'Pound Sterling', BASE: 'false', RATE: RATES['GBP']! },
      ]),
    ],
    [
      'CHECKINGACCOUNT',
      rows([
        {
          BANKACCOUNTID: 'BOA',
          BANKNAME: 'First Sandbox Bank',
          CURRENCY: 'USD',
          GLACCOUNTNO: '1010',
          LOCATIONID: '100',
        },
        {
          BANKACCOUNTID: 'EURBANK',
          BANKNAME: 'Second Sandbox Bank',
          CURRENCY: 'EUR',
          GLACCOUNTNO: '1020',
          LOCATIONID: '100',
        },
      ]),
    ],
    [
      'SAVINGSACCOUNT',
      rows([
        { BANKACCOUNTID: 'SAVE', BANKNAME: 'Sandbox Savings', CURRENCY: 'USD', GLACCOUNTNO: '1030', LOCATIONID: '100' },
      ]),
    ],
    [
      'GLACCOUNT',
      rows(
        (
          [
            ['1010', 'Checking', 'balancesheet', 'debit'],
            ['1020', 'Checking EUR', 'balancesheet', 'debit'],
            ['1030', 'Savings', 'balancesheet', 'debit'],
            ['1050', 'Undeposited Funds', 'balancesheet', 'debit'],
            ['1090', 'Undeposited Checks', 'balancesheet', 'debit'],
            ['1200', 'Accounts Receivable', 'balancesheet', 'debit'],
            ['2100', 'Customer Advances', 'balancesheet', 'credit'],
            ['4000', 'Revenue', 'incomestatement', 'credit'],
          ] as const
        ).map(([ACCOUNTNO, TITLE, ACCOUNTTYPE, NORMALBALANCE]) => ({ ACCOUNTNO, TITLE, ACCOUNTTYPE, NORMALBALANCE })),
      ),
    ],
    ['CUSTTYPE', rows([{ NAME: 'SaaS' }, { NAME: 'Retail' }])],
    [
      'TERRITORY',
      rows([
        { TERRITORYID: 'WEST', NAME: 'West' },
        { TERRITORYID: 'EAST', NAME: 'East' },
      ]),
    ],
    ['LOCATION', rows(entities)],
    ['LOCATIONENTITY', rows(entities)],
    [
      'DEPARTMENT',
      rows([
        { DEPARTMENTID: 'SALES', TITLE: 'Sales' },
        { DEPARTMENTID: 'OPS', TITLE: 'Operations' },
      ]),
    ],
    ['CLASS', rows([{ CLASSID: 'A', NAME: 'Class A' }])],
    [
      'EMPLOYEE',
      rows([
        { EMPLOYEEID: 'EMP-1', 'PERSONALINFO.CONTACTNAME': 'Sales desk one', TITLE: 'Sales' },
        { EMPLOYEEID: 'EMP-2', 'PERSONALINFO.CONTACTNAME': 'Sales desk two', TITLE: 'Sales' },
      ]),
    ],
    [
      'ITEM',
      rows([
        { ITEMID: 'CONSULT', NAME: 'Consulting', ITEMTYPE: 'Non-Inventory' },
        { ITEMID: 'SUPPORT', NAME: 'Support', ITEMTYPE: 'Non-Inventory' },
      ]),
    ],
    ['SHIPMETHOD', rows([{ NAME: 'Ground' }, { NAME: 'Air' }])],
    ['SOPRICELIST', rows([{ NAME: 'Base Price List' }])],
    ['CUSTGLGROUP', rows([{ NAME: 'Default' }])],
    ['CONTACTTAXGROUP', rows([{ NAME: 'Standard' }])],
    [
      'EMAILTEMPLATE',
      rows([
        { NAME: 'ARInvEmailTemplate', DESCRIPTION: 'Invoice', TEMPLATETYPE: 'ARINVOICE' },
        { NAME: 'ARStmtEmailTemplate', DESCRIPTION: 'Statement', TEMPLATETYPE: 'ARSTATEMENT' },
        { NAME: 'SOInvEmailTemplate', DESCRIPTION: 'Order Entry invoice', TEMPLATETYPE: 'SODOCUMENT' },
      ]),
    ],
  ]
}
