/** The record types of NetSuite that the gateway asks for by itself. */

/** Short lists that are records too. */
type ListRecordType =
  | 'account'
  | 'billingSchedule'
  | 'classification'
  | 'contactRole'
  | 'currency'
  | 'customerCategory'
  | 'customerStatus'
  | 'department'
  | 'discountItem'
  | 'employee'
  | 'location'
  | 'partner'
  | 'paymentMethod'
  | 'priceLevel'
  | 'salesTaxItem'
  | 'shipItem'
  | 'subsidiary'
  | 'term'
export type RecordType =
  | 'customer'
  | 'customerPayment'
  | 'invoice'
  | 'creditMemo'
  | 'customerDeposit'
  | 'depositApplication'
  | 'customerRefund'
  | ListRecordType
