/** Examples of the operations that reach into the ERP itself: passthrough, reference data, field definitions; and upsert. */
import type { Customer, CustomerCreate } from '../../../schemas/customer.ts'
import type { ObjectDefinition } from '../../../schemas/object-definition.ts'
import type { Passthrough, PassthroughRequest } from '../../../schemas/passthrough.ts'
import type { ReferenceData } from '../../../schemas/reference-data.ts'
import { example, type OperationExamples } from './example.ts'
import { LATER_OPERATION } from './records.ts'

const later = (operation: string) => ({
  unknown: example('The ERP has not answered yet', { ...LATER_OPERATION, operation }),
})

const ORACLE = 'application/vnd.oracle.resource+json; type='
const RECORD = '/services/rest/record/v1/customer/456'
const passthrough: OperationExamples = {
  request: {
    record: example<PassthroughRequest>('A record of NetSuite', {
      method: 'GET',
      path: RECORD,
      query: { fields: 'companyName,email' },
    }),
    suiteql: example<PassthroughRequest>('SuiteQL', {
      method: 'POST',
      path: '/services/rest/query/v1/suiteql',
      query: { limit: 10 },
      headers: { Prefer: 'transient' },
      body: { q: 'SELECT id, companyname FROM customer WHERE id = ?', params: [456] },
    }),
    change: example<PassthroughRequest>('A change in NetSuite', {
      method: 'PATCH',
      path: RECORD,
      headers: { 'X-NetSuite-PropertyNameValidation': 'Error' },
      body: { comments: 'By hand' },
    }),
    intacctRead: example<PassthroughRequest>('A record of Intacct', {
      function: 'readByName',
      body: { object: 'CUSTOMER', keys: 'ACME', fields: 'RECORDNO,CUSTOMERID,NAME' },
    }),
    intacctQuery: example<PassthroughRequest>('A query of Intacct', {
      function: 'query',
      body: {
        object: 'CUSTOMER',
        select: { field: ['RECORDNO', 'CUSTOMERID', 'TOTALDUE'] },
        filter: { greaterthan: { field: 'TOTALDUE', value: 100 } },
        orderby: { order: { field: 'RECORDNO', descending: null } },
        pagesize: 10,
      },
    }),
    intacctLegacy: example<PassthroughRequest>('A legacy function of Intacct', {
      function: 'update_customer',
      body: { '@customerid': 'ACME', comments: 'By hand' },
    }),
  },
  answers: {
    200: {
      record: example<Passthrough>('The record of NetSuite', {
        status: 200,
        headers: { 'content-type': `${ORACLE}singular; charset=UTF-8` },
        body: { id: '456', companyName: 'Acme Corporation', email: 'contact@acmecorp.com' },
      }),
      intacct: example<Passthrough>('The record of Intacct', {
        status: 200,
        headers: { 'content-type': 'text/xml; encoding="UTF-8"' },
        body: {
          status: 'success',
          data: {
            '@listtype': 'CUSTOMER',
            '@count': '1',
            CUSTOMER: [{ RECORDNO: '33', CUSTOMERID: 'ACME', NAME: 'Acme Corporation' }],
          },
          errors: [],
        },
      }),
      refused: example<Passthrough>('The ERP says no', {
        status: 404,
        headers: { 'content-type': `${ORACLE}error; charset=UTF-8` },
        body: {
          title: 'Not Found',
          status: 404,
          'o:errorDetails': [{ detail: 'The record instance does not exist.', 'o:errorCode': 'NONEXISTENT_ID' }],
        },
      }),
    },
    202: later('passthrough'),
  },
  problems: {
    invalid_request: { detail: 'The path begins with /services/rest/, without a host.', pointer: '/path' },
    not_supported: { detail: 'The connection passes nothing on.' },
  },
}

const terms: ReferenceData = {
  kind: 'terms',
  data: [
    { id: '1', name: 'Net 15', active: true },
    { id: '2', name: 'Net 30', active: true },
    { id: '3', name: 'Net 60', active: true },
    { id: '4', name: 'Due on receipt', active: true },
    { id: '9', name: 'Net 7 (old)', active: false },
  ],
}
const banks: ReferenceData = {
  kind: 'bank-accounts',
  data: [
    { id: '10', name: 'Operating Bank', code: '1000', active: true },
    { id: '11', name: 'Euro Bank', code: '1010', active: true },
  ],
}

const plain = { required: false, readOnly: false, custom: false }
const definition: ObjectDefinition = {
  kind: 'customer',
  fields: [
    { name: 'name', vendorName: 'NAME', label: 'Name', type: 'text', ...plain, required: true },
    { name: 'creditLimit', vendorName: 'CREDITLIMIT', label: 'Creditlimit', type: 'decimal', ...plain },
    {
      name: 'status',
      vendorName: 'STATUS',
      label: 'Status',
      type: 'choice',
      ...plain,
      values: ['active', 'inactive'],
    },
    { name: 'customFields.REGION', vendorName: 'REGION', label: 'Region', type: 'text', ...plain, custom: true },
  ],
  relationships: [{ name: 'PARENT', object: 'CUSTOMER', key: 'PARENTID' }],
}

const JUNIPER: Customer = {
  ...{ object: 'customer', id: 'cus_netsuite_1252', connection: 'netsuite', provider: 'netsuite', nativeId: '1252' },
  ...{ number: 'CUST1252', externalId: 'juniper', type: 'company', name: 'Juniper Paper' },
  ...{ companyName: 'Juniper Paper', status: 'active', email: 'ap@juniper-paper.example' },
}
const upsertCustomer: OperationExamples = {
  request: {
    netsuite: example<CustomerCreate>('A company', { name: 'Juniper Paper', email: 'ap@juniper-paper.example' }),
  },
  answers: {
    200: { there: example('It was there', JUNIPER) },
    201: { created: example('It is new', JUNIPER) },
    202: later('upsertCustomer'),
  },
}

export const nativeExamples: Readonly<Record<string, OperationExamples>> = {
  upsertCustomer,
  listReferenceData: {
    answers: {
      200: { terms: example('Terms of NetSuite', terms), banks: example('Bank accounts of NetSuite', banks) },
    },
    problems: {
      not_supported: { detail: 'Sage Intacct has no leads or prospects.', connection: 'intacct' },
    },
  },
  getObjectDefinition: {
    answers: { 200: { intacct: example('Some fields of a customer of Intacct', definition) } },
    problems: { not_supported: { detail: 'NetSuite assigns no e-mail templates to customers.' } },
  },
  passthrough,
}
