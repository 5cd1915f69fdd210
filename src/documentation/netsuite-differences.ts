/** Where guides to NetSuite's customer and customer payment and an account of release 2026.1 disagree, and what follows here. */

/** What guides say, what the account does, what the gateway does; in the order in which a reader meets them. */
export const DIFFERENCES: readonly (readonly [guide: string, account: string, here: string])[] = [
  [
    '`POST` answers the record',
    '204 without a body; the new id is in `Location` only (Oracle help section_1545141395)',
    'every write is read back before it is answered',
  ],
  ['`PATCH`, `DELETE`: nothing said', '204 without a body', 'a change is read back, a deletion answers 204'],
  [
    'a list gives records',
    'ids and links only; nothing can be selected or expanded (subsect_1544786455)',
    'lists are asked through SuiteQL, a page of records in one query',
  ],
  [
    "`q=companyName LIKE 'Acme%'`",
    'operators are words: `companyName START_WITH "Acme"` (section_1545222128)',
    '`nameStartsWith`, `nameContains`, wildcards in `filter=`',
  ],
  [
    "`q=email='…'`, `balance > 10000`",
    '`IS`, `GREATER`, `LESS_OR_EQUAL` …; no signs',
    'values are bound parameters of SuiteQL',
  ],
  ['`inactive`', '`isInactive`, in bodies and in `q`', '`status`'],
  [
    "`tranDate='2025-12-25'`, `BETWEEN '…' AND '…'`",
    "`ON`, `AFTER` … with a date in the user's format; `BETWEEN` is for numbers only",
    'dates are compared as ISO text, whatever the account shows',
  ],
  [
    '`q` on `customer`, `paymentMethod`, `unapplied`, `undepFunds`',
    'only what the metadata calls filterable, by other names *(which payment fields is uncertain)*',
    'all of them are filters of `GET /v1/payments`',
  ],
  [
    'a duplicate is 409 `UNIQUE_CUST_ID_REQD`',
    '400 `USER_ERROR`, "This entity already exists."; the other code is known from SuiteScript and SOAP',
    'both are 409 `conflict`',
  ],
  [
    'a missing value is `FIELD_REQUIRED`',
    '400 `USER_ERROR`, "Please enter value(s) for: …"',
    '422 `field_required`, with pointers found by the labels in the text',
  ],
  [
    '`paymentMethod`, `creditCard`',
    '`paymentOption`; there is neither of the two',
    '`method` through `defaults.paymentMethods`, or `methodRef`',
  ],
  ['`checkNum`', '`checkNumber`; the other is the name in SuiteScript and SOAP', '`reference`'],
  [
    '`undepFunds` is a boolean',
    'an object `{id, refName}`; its ids are not published *(`T` and `F` are an assumption)*',
    '`depositTo.kind`',
  ],
  [
    'nothing about the receivables account',
    '`arAcct`; `aracct` is dropped silently and the default of the form is used',
    '`arAccount`, by default `defaults.arAccountId`',
  ],
  [
    'apply lines take `disc` and `discDate`',
    'release 2026.1 has neither; SuiteScript has both *(depends on the account)*',
    'a `discount` is never dropped: it is sent where the account has a place for it, else 422',
  ],
  [
    'apply lines are honoured',
    'a line is addressed by `doc` (article_0224093711), and teams report payments that came out unapplied',
    'the payment is compared with the plan, patched once, and what is short is a warning',
  ],
  [
    '`status` is `DEPOSITED`',
    'letters: `A` unapproved, `B` not deposited, `C` deposited, `R` *(rejected, uncertain)*',
    '`status` in words, `statusText` as NetSuite says it',
  ],
  ['`status` is a field', 'it follows from the account, undeposited funds and deposits', 'read only'],
  [
    '`autoApply` is off unless set',
    "the check box keeps the user's last setting (field help)",
    'always sent, and always `false`: `autoApply` here chooses the lines itself',
  ],
  [
    'a customer has `department`, `class`, `location`, `discountItem`',
    'not in release 2026.1; transactions have them',
    '422 `field_not_supported`, with the reason',
  ],
  [
    'a customer has `creditCards`',
    'not reachable over REST; contact roles are read only (article_161581923822)',
    'absent; `contacts[]` are read',
  ],
  [
    '`country: {"refName": "US"}`',
    'the ISO code is the id: `{"id": "US", "refName": "United States"}`',
    '`addresses[].country`, ISO 3166-1',
  ],
  [
    'a `PATCH` of `addressBook` adds an address',
    'lines with a key are merged, others are appended, twice when sent twice; `?replace=addressBook` replaces (section_1545297048)',
    '`addresses` replaces and keeps lines that say the same already; `POST …/addresses` adds one',
  ],
  [
    '`{"refName": "Net 30"}` for any reference',
    'documented for enumerations; references take `id` or `externalId` (section_1545142146)',
    '`{name}` is looked up, and only its id is sent',
  ],
  [
    'a reversal is a deletion or a journal entry',
    'REST has `DELETE` and the customer refund, but no void; SuiteScript has one',
    '`POST …/void` does what `void` of the connection says, and tells which it was',
  ],
  ['`type` of an error names RFC 2616', 'RFC 9110 in 2026; samples still show w3.org', 'not looked at'],
  [
    'nothing about upsert, repeating, paging',
    '`PUT …/eid:…`; idempotency keys for asynchronous calls only; `offset` is a multiple of `limit`',
    '`PUT /v1/customers/by-external-id/…`, `Idempotency-Key` on every write, cursors that go by key',
  ],
  [
    'nothing about limits',
    '5 to 20 requests at once for the whole account; 429 `CONCURRENCY_LIMIT_EXCEEDED`, no `Retry-After`',
    '`concurrency` of the connection; reads are repeated, writes where nothing was done',
  ],
  [
    'an unknown property is an error',
    'dropped with 204 unless `X-NetSuite-PropertyNameValidation: Error` is sent (section_156570709583)',
    'always sent',
  ],
  [
    'a missing record is an error',
    '404 `NONEXISTENT_ID` for customers; for transactions also 400 "Transaction type specified is incorrect."',
    '404 `not_found`',
  ],
]
