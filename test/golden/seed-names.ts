/** The examples and query filters of the two NetSuite guides, by name, under the test file that plays them. */

export const SEED_NAMES = {
  'seed-customers': [
    'Example: Create Company Customer',
    'Example: Create Individual Customer',
    'Example: Update Customer',
    'Example: Add Address (Sublist)',
    'Find Customers by Company Name',
    'Find Customers by Email',
    'Find Inactive Customers',
    'Find Customers by Status',
    'Find Customers with High Balance',
    '1. Check Customer Credit Limit',
    '2. Update Customer After Payment',
    '3. Activate/Deactivate Customer',
    '4. Change Payment Terms',
    'Reference Fields',
    'Duplicate Customer',
    'Missing Required Field',
    // The table of endpoints.
    'Query and List Customers',
    'Get Customer',
    'Delete Customer',
  ],
  'seed-payments': [
    'Example: Create Customer Payment',
    'Example: Apply Payment with Credit Memo',
    'Example: Unapplied Payment',
    'Example: Update Customer Payment',
    'Apply Payment to Multiple Invoices',
    'Apply Payment with Early Payment Discount',
    'Auto-Apply Feature',
    'Overpayment Handling',
    'Undeposited Funds',
    'Partial Payments',
    'Multi-Currency Payments',
    'Payment Reversals',
  ],
  'seed-payment-filters': [
    'Find Payments by Date',
    'Find by Customer',
    'Find Unapplied Payments',
    'Find by Payment Method',
    'Find by Date Range',
    'Find High-Value Payments',
    'Find Undeposited Funds',
  ],
  /** Each filter in the guide's own words, beside the unified one; only the guide's account takes them all. */
  'seed-native-filters': [
    'Find Customers by Company Name',
    'Find Customers by Email',
    'Find Inactive Customers',
    'Find Customers by Status',
    'Find Customers with High Balance',
    'Find Payments by Date',
    'Find by Customer',
    'Find Unapplied Payments',
    'Find by Payment Method',
    'Find by Date Range',
    'Find High-Value Payments',
    'Find Undeposited Funds',
  ],
} as const
export type SeedPage = keyof typeof SEED_NAMES

/** Below `netsuite/seeds`: the kind of account. */
export const SEED_FOLDERS = {
  '2026.1': ['seed-customers', 'seed-payments', 'seed-payment-filters'],
  guide: ['seed-customers', 'seed-payments', 'seed-payment-filters'],
  single: ['seed-customers', 'seed-payments', 'seed-payment-filters'],
  'guide/word for word': ['seed-native-filters'],
} as const satisfies Readonly<Record<string, readonly SeedPage[]>>
export type SeedFolder = keyof typeof SEED_FOLDERS

/** File names that every system can have. */
export const seedFile = (name: string): string => `${name.replace(/^Example: /, '').replaceAll('/', ' or ')}.http`
