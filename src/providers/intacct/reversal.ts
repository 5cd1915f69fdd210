/** Taking back what is posted. */
import type { FunctionCall } from './envelope.ts'

/** The generic functions cannot reverse an ARPYMT: the legacy one can. That it takes an advance too is uncertain. */
export function reverseFunction(key: string, date: string, memo?: string): FunctionCall {
  const [year, month, day] = date.split('-') as [string, string, string]
  return [
    'reverse_arpayment',
    [
      [
        'datereversed',
        [
          ['year', year],
          ['month', month],
          ['day', day],
        ],
      ],
      ...(memo === undefined ? [] : [['description', memo] as const]),
    ],
    { key },
  ]
}
