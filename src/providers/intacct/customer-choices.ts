/** Fields of a customer that hold several words in one text, joined by `#~#`. */
import type { CustomerRecord } from '../../../schemas/customer.ts'
import type { CustomerRestriction } from '../../../schemas/customer-parts.ts'
import { fieldError } from '../../errors.ts'
import { type Context, isEmpty, unknownWord } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import { custom } from '../../mapping/mapping.ts'
import { words } from './codecs.ts'

/** Between the values of one field, also of multi-pick custom fields (developer docs, customers). */
const SEPARATOR = '#~#'
export const joined = (values: readonly string[]): string => values.join(SEPARATOR)
export function separated(value: unknown): string[] {
  if (isEmpty(value)) return []
  const joinedText = typeof value === 'string' ? value : garbledValue('text', value)
  return joinedText.split(SEPARATOR).filter((part) => part !== '')
}
export const isJoined = (value: unknown): boolean => typeof value === 'string' && value.includes(SEPARATOR)

type Delivery = NonNullable<CustomerRecord['delivery']>
const DELIVERY = { print: 'Print', email: 'E-Mail' } as const

export const deliveryRow = custom<Delivery>({
  title: 'print, email',
  paths: ['DELIVERY_OPTIONS'],
  decode: (record, context) => {
    const value = record['DELIVERY_OPTIONS']
    return value === undefined ? undefined : separated(value).flatMap((word) => deliveryOption(word, context))
  },
  encode: (options) => ({ DELIVERY_OPTIONS: joined((options ?? []).map((option) => DELIVERY[option])) }),
})

function deliveryOption(word: string, context: Context): Delivery {
  const option = word.trim().toLowerCase()
  if (option === 'print') return ['print']
  if (option === 'e-mail' || option === 'email') return ['email']
  return unknownWord(word, [], context)
}

const TYPE = words({ unrestricted: ['Unrestricted'], rootOnly: ['RootOnly'], restricted: ['Restricted'] }, null)
const LISTS = { locations: 'RESTRICTEDLOCATIONS', departments: 'RESTRICTEDDEPARTMENTS' } as const

export const restrictionRow = custom<CustomerRestriction>({
  title: 'restriction',
  paths: ['OBJECTRESTRICTION', LISTS.locations, LISTS.departments],
  decode: (record, context) => {
    const type = record['OBJECTRESTRICTION']
    if (type === undefined) return undefined
    const known = isEmpty(type) ? null : TYPE.decode(type, context)
    return (
      known && {
        type: known,
        locations: separated(record[LISTS.locations]),
        departments: separated(record[LISTS.departments]),
      }
    )
  },
  encode: (restriction, context) => {
    const { type, locations, departments } = restriction ?? { type: 'unrestricted' as const }
    for (const [field, values] of Object.entries({ locations, departments })) {
      if (type !== 'restricted' && values && values.length > 0)
        throw fieldError('field_not_supported', `/restriction/${field}`, 'They count only with the type restricted.')
    }
    return {
      OBJECTRESTRICTION: TYPE.encode(type, context),
      [LISTS.locations]: joined(locations ?? []),
      [LISTS.departments]: joined(departments ?? []),
    }
  },
})
