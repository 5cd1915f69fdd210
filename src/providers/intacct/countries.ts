/** Countries: ISO 3166-1 codes outside, English names (with the code beside) at Intacct. */

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
let codes: ReadonlyMap<string, string> | null = null

/**
 * Other English names: those of ISO 3166-1 itself, and older ones. Which of them Intacct has is not published (uncertain); text
 * that is none of all of them stays as it is.
 */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ...{ AE: 'UAE', BA: 'Bosnia-Herzegovina', BN: 'Brunei Darussalam', BO: 'Bolivia, Plurinational State of' },
  ...{ CD: 'Congo, Democratic Republic of the|Congo, The Democratic Republic of|Democratic Republic of the Congo' },
  ...{ CG: 'Congo|Republic of the Congo', CI: 'Ivory Coast', CV: 'Cabo Verde', CZ: 'Czech Republic', SZ: 'Swaziland' },
  ...{
    FK: 'Falkland Islands (Malvinas)',
    FM: 'Micronesia, Federated States of',
    GB: 'Great Britain',
    GM: 'The Gambia',
  },
  ...{
    HK: 'Hong Kong',
    HM: 'Heard Island and McDonald Islands',
    IR: 'Iran, Islamic Republic of',
    KN: 'Saint Kitts and Nevis',
  },
  ...{
    KP: "Korea, Democratic People's Republic of|Korea, North",
    KR: 'Korea, Republic of|Korea, South|Republic of Korea|Korea',
  },
  ...{ LA: "Lao People's Democratic Republic", LC: 'Saint Lucia', MD: 'Moldova, Republic of', MF: 'Saint Martin' },
  ...{
    MK: 'Macedonia|Macedonia, The Former Yugoslav Republic of',
    MM: 'Myanmar|Burma',
    MO: 'Macao|Macau',
    NL: 'Holland',
  },
  ...{
    PM: 'Saint Pierre and Miquelon',
    PN: 'Pitcairn',
    PS: 'Palestine|Palestine, State of|Palestinian Territory, Occupied',
  },
  ...{ RU: 'Russian Federation', SH: 'Saint Helena', ST: 'Sao Tome and Principe', SY: 'Syrian Arab Republic' },
  ...{ TL: 'East Timor', TR: 'Turkey', TW: 'Taiwan, Province of China', TZ: 'Tanzania, United Republic of' },
  ...{
    US: 'United States of America|USA',
    VA: 'Holy See|Holy See (Vatican City State)|Vatican City',
    VC: 'Saint Vincent and the Grenadines',
  },
  ...{
    VE: 'Venezuela, Bolivarian Republic of',
    VG: 'Virgin Islands, British',
    VI: 'Virgin Islands, U.S.',
    VN: 'Viet Nam',
  },
}

/** The name that goes beside the code; the code itself where there is no such country. */
export const countryName = (code: string): string => names.of(code) ?? code

/** The code for a name, where a record carries only the name. */
export function countryCode(name: string): string | null {
  codes ??= new Map([...ownNames(), ...otherNames()])
  return codes.get(folded(name)) ?? null
}

function ownNames(): (readonly [string, string])[] {
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((code) => {
    const known = names.of(code)
    // Retired codes (`DD`) and aliases (`UK`) have the name of the code that took their place.
    if (known === undefined || new Intl.Locale(`und-${code}`).region !== code) return []
    return [[folded(known), code] as const]
  })
}

const otherNames = (): (readonly [string, string])[] =>
  Object.entries(OTHER_NAMES).flatMap(([code, list]) => list.split('|').map((name) => [folded(name), code] as const))

/** Without accents, case and signs: `Côte d’Ivoire` is `Cote d'Ivoire`, `Trinidad & Tobago` has an `and`, `St.` is `Saint`. */
const folded = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\bst\b/g, 'saint')
    .trim()
