/** Reads what `create` and `update` send against the sandbox's own field lists: unknown, read-only and ill-formed is refused. */

import type { Fields } from '../company.ts'
import { type FunctionFailure, refuse, unprocessable } from '../errors.ts'
import { type Field, understood } from '../objects/object-type.ts'
import type { XmlElement } from '../xml.ts'

/** How long texts may be. The vendor's documentation gives few of these: most are our reading of the screens (uncertain). */
const LENGTHS: Readonly<Record<string, number>> = {
  CUSTOMERID: 20,
  NAME: 100,
  CONTACTNAME: 200,
  PRINTAS: 200,
  COMPANYNAME: 100,
  FIRSTNAME: 40,
  LASTNAME: 40,
  INITIAL: 40,
  PREFIX: 40,
  PHONE1: 30,
  PHONE2: 30,
  CELLPHONE: 30,
  PAGER: 30,
  FAX: 30,
  EMAIL1: 200,
  EMAIL2: 200,
  URL1: 200,
  URL2: 200,
  ADDRESS1: 80,
  ADDRESS2: 80,
  ADDRESS3: 80,
  CITY: 80,
  STATE: 40,
  ZIP: 30,
  COUNTRY: 60,
  TAXID: 20,
  RESALENO: 20,
  COMMENTS: 4000,
  DESCRIPTION: 1000,
  DOCNUMBER: 45,
}
const DEFAULT_LENGTH = 400

/** The words that error texts use for fields, where an answer was recorded. */
const TITLES: Readonly<Record<string, string>> = {
  EMAIL1: 'Primary Email Address',
  EMAIL2: 'Secondary Email Address',
}

/** Of the fields that are known, those that may be written, each on the word of its source; the others are read only. */
export function writable(
  known: ReadonlyMap<string, Field>,
  sources: Readonly<Record<string, string>>,
): ReadonlyMap<string, Field> {
  const bySource = Object.entries(sources).flatMap(([source, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, source] as const),
  )
  const stranger = bySource.find(([name]) => !known.has(name))
  if (stranger) throw new Error(`${stranger[0]} is no field.`)
  const sourceOf = new Map(bySource)
  return new Map(
    [...known].map(([name, field]) => {
      const source = sourceOf.get(name) ?? ''
      return [name, { ...field, source, readOnly: source === '' }]
    }),
  )
}

/** One value in the sandbox's own notation; '' clears. */
export function writtenValue(object: string, field: Field, element: XmlElement): string {
  if (element.children.length > 0) throw unprocessable(`${element.name} has no elements inside.`)
  const { text } = element
  if (text === '') return ''
  const last = field.name.split('.').at(-1)!
  const value = understood(field, text)
  if (value === null) throw illegalFormat(object, TITLES[last] ?? field.label, text)
  if (/^EMAIL[12]$/.test(last) && !isEmailList(text)) throw illegalFormat('Contactversion', TITLES[last]!, text)
  const limit = LENGTHS[last] ?? DEFAULT_LENGTH
  if (field.type === 'text' && [...text].length > limit) {
    throw illegalFormat(object, TITLES[last] ?? field.label, text)
  }
  return value
}

/** Several addresses may stand there, with commas or semicolons between (uncertain). */
function isEmailList(text: string): boolean {
  return text.split(/[,;]/).every((address) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address.trim()))
}

function illegalFormat(object: string, title: string, text: string): FunctionFailure {
  return refuse('format', { kind: object, field: title, value: text })
}

/**
 * Simple values of `element` by name. `known` are the fields that may be written; `apart` are names that the caller reads
 * itself; everything else, and everything twice, is refused.
 */
export function writtenFields(
  object: string,
  element: XmlElement,
  known: ReadonlyMap<string, Field>,
  apart: readonly string[] = [],
): Record<string, string> {
  refuseText(element)
  const values: Record<string, string> = {}
  for (const child of element.children) {
    if (apart.includes(child.name)) continue
    const field = known.get(child.name)
    if (!field) throw unprocessable(`Invalid field ${child.name} of ${object}.`)
    if (field.readOnly) throw unprocessable(`The field ${child.name} of ${object} is read only.`)
    if (child.name in values) throw unprocessable(`The field ${child.name} of ${object} comes twice.`)
    values[child.name] = writtenValue(object, field, child)
  }
  return values
}

/** Text beside elements is no value of anything. */
export function refuseText(element: XmlElement): void {
  if (element.children.length > 0 && element.text.trim() !== '') {
    throw unprocessable(`Text is not allowed in ${element.name}.`)
  }
}

/** Empty is as good as absent where a value is required. */
export function require(values: Fields, names: readonly string[]): void {
  for (const name of names) {
    if (!values[name]) throw refuse('required', { field: name })
  }
}
