/** Countries: ISO 3166-1 codes outside, English names (with the code beside) at Intacct. */

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
let codes: ReadonlyMap<string, string> | null = null

/** The name that goes beside the code; the code itself where there is no such country. */
export const countryName = (code: string): string => names.of(code) ?? code

/** The code for a name, where a record carries only the name. */
export function countryCode(name: string): string | null {
  codes ??= new Map(
    LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((code) => {
      const known = names.of(code)
      // Retired codes (`DD`) and aliases (`UK`) have the name of the code that took their place.
      if (known === undefined || new Intl.Locale(`und-${code}`).region !== code) return []
      return [[known.toLowerCase(), code] as const]
    }),
  )
  return codes.get(name.trim().toLowerCase()) ?? null
}
