/** A small validator for content models in the style of XML Schema: order, repetition, choice, simple values. */
import type { XmlElement } from './xml.ts'

export class SchemaError extends Error {}

/** What an element may hold. */
export type Model =
  /** Text only; `check` answers what is wrong with it. */
  | { readonly kind: 'text'; readonly check?: (text: string) => string | null; readonly attributes?: Attributes }
  /** Anything at all. */
  | { readonly kind: 'anything' }
  /** One or more elements of any name and content. */
  | { readonly kind: 'any-elements' }
  | { readonly kind: 'elements'; readonly content: Particle; readonly attributes?: Attributes }

type TextModel = Model & { readonly kind: 'text' }

export type Attributes = Readonly<Record<string, { required?: boolean; check?: (value: string) => string | null }>>

interface Occurs {
  readonly min: number
  readonly max: number
}
export type Particle = Occurs &
  (
    | { readonly kind: 'element'; readonly name: string; readonly model: Model | (() => Model) }
    | { readonly kind: 'sequence' | 'choice' | 'all'; readonly parts: readonly Particle[] }
  )

const ONCE: Occurs = { min: 1, max: 1 }
export const OPTIONAL: Occurs = { min: 0, max: 1 }
export const ANY_NUMBER: Occurs = { min: 0, max: Number.POSITIVE_INFINITY }
export const AT_LEAST_ONE: Occurs = { min: 1, max: Number.POSITIVE_INFINITY }
export const TEXT: Model = { kind: 'text' }

export function one(name: string, model: Model | (() => Model) = TEXT, occurs: Occurs = ONCE): Particle {
  return { kind: 'element', name, model, ...occurs }
}

export function maybe(name: string, model: Model | (() => Model) = TEXT): Particle {
  return one(name, model, OPTIONAL)
}

export function sequence(parts: readonly Particle[], occurs: Occurs = ONCE): Particle {
  return { kind: 'sequence', parts, ...occurs }
}

export function choice(parts: readonly Particle[], occurs: Occurs = ONCE): Particle {
  return { kind: 'choice', parts, ...occurs }
}

export function all(parts: readonly Particle[], occurs: Occurs = ONCE): Particle {
  return { kind: 'all', parts, ...occurs }
}

export function elements(content: Particle, attributes?: Attributes): Model {
  return attributes ? { kind: 'elements', content, attributes } : { kind: 'elements', content }
}

/** An element with attributes only. */
export function empty(attributes: Attributes): Model {
  return elements(sequence([]), attributes)
}

/** Simple values. */
export const BOOLEAN: TextModel = { kind: 'text', check: (text) => among(['true', 'false', '1', '0'])(text.trim()) }

/** An element with a default in the schema: empty stands for the default. */
export function orEmpty(model: TextModel): Model {
  return { ...model, check: (text) => (text === '' ? null : (model.check?.(text) ?? null)) }
}

export function among(values: readonly string[]): (text: string) => string | null {
  return (text) => (values.includes(text) ? null : `The value '${text}' is not an element of the set {${values}}.`)
}

export function integerBetween(least: number, most: number): TextModel {
  const check = (text: string): string | null => {
    const number = /^[+-]?\d+$/.test(text.trim()) ? Number(text.trim()) : Number.NaN
    return number >= least && number <= most ? null : `The value '${text}' is not an integer of ${least} to ${most}.`
  }
  return { kind: 'text', check }
}

export function textUpTo(length: number): Model {
  return { kind: 'text', check: upTo(length) }
}

export function upTo(length: number): (text: string) => string | null {
  return (text) => ([...text].length <= length ? null : `The value is longer than the allowed maximum of ${length}.`)
}

/** Throws SchemaError at the first thing that is not allowed. */
export function validate(element: XmlElement, model: Model): void {
  if (model.kind === 'anything') return
  checkAttributes(element, model.kind === 'any-elements' ? {} : (model.attributes ?? {}))
  if (model.kind === 'text') {
    if (element.children.length > 0) throw unexpected(element.children[0]!)
    const complaint = model.check?.(element.text) ?? null
    if (complaint) throw new SchemaError(`Error 1840: Element '${element.name}': ${complaint}`)
    return
  }
  const nothing = model.kind === 'elements' && model.content.kind !== 'element' && model.content.parts.length === 0
  if (nothing ? element.text !== '' : element.text.trim() !== '') {
    throw new SchemaError(
      `Error 1841: Element '${element.name}': Character content other than whitespace is not allowed.`,
    )
  }
  if (model.kind === 'any-elements') {
    if (element.children.length === 0) throw missing(element)
    return
  }
  const cursor = { parent: element, at: 0 }
  consume(model.content, cursor)
  const left = element.children[cursor.at]
  if (left) throw unexpected(left)
}

interface Cursor {
  readonly parent: XmlElement
  at: number
}

function consume(particle: Particle, cursor: Cursor): void {
  let count = 0
  while (count < particle.max) {
    const next = cursor.parent.children[cursor.at]
    if (!next || !canStart(particle, next.name)) break
    consumeOnce(particle, cursor)
    count += 1
  }
  if (count >= particle.min || isEmptiable(particle)) return
  const next = cursor.parent.children[cursor.at]
  throw next ? unexpected(next, startsOf(particle)) : missing(cursor.parent, startsOf(particle))
}

function consumeOnce(particle: Particle, cursor: Cursor): void {
  if (particle.kind === 'element') {
    const child = cursor.parent.children[cursor.at]!
    cursor.at += 1
    validate(child, typeof particle.model === 'function' ? particle.model() : particle.model)
  } else if (particle.kind === 'sequence') {
    for (const part of particle.parts) consume(part, cursor)
  } else if (particle.kind === 'choice') {
    const name = cursor.parent.children[cursor.at]!.name
    consume(particle.parts.find((part) => canStart(part, name))!, cursor)
  } else consumeAll(particle.parts, cursor)
}

function consumeAll(parts: readonly Particle[], cursor: Cursor): void {
  const left = new Set(parts)
  for (;;) {
    const next = cursor.parent.children[cursor.at]
    const part = next && [...left].find((candidate) => canStart(candidate, next.name))
    if (!part) break
    left.delete(part)
    consume(part, cursor)
  }
  const needed = [...left].filter((part) => !isEmptiable(part)).flatMap(startsOf)
  if (needed.length === 0) return
  const next = cursor.parent.children[cursor.at]
  throw next ? unexpected(next, needed) : missing(cursor.parent, needed)
}

function canStart(particle: Particle, name: string): boolean {
  if (particle.kind === 'element') return particle.name === name
  if (particle.kind !== 'sequence') return particle.parts.some((part) => canStart(part, name))
  for (const part of particle.parts) {
    if (canStart(part, name)) return true
    if (!isEmptiable(part)) return false
  }
  return false
}

function isEmptiable(particle: Particle): boolean {
  if (particle.min === 0) return true
  if (particle.kind === 'element') return false
  return particle.kind === 'choice' ? particle.parts.some(isEmptiable) : particle.parts.every(isEmptiable)
}

function startsOf(particle: Particle): string[] {
  if (particle.kind === 'element') return [particle.name]
  return particle.parts.flatMap(startsOf)
}

function checkAttributes(element: XmlElement, rules: Attributes): void {
  for (const [name, value] of Object.entries(element.attributes)) {
    if (name.startsWith('xmlns:') || name.startsWith('xsi:')) continue
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    const complaint = rule ? (rule.check?.(value) ?? null) : 'The attribute is not allowed.'
    if (complaint) throw new SchemaError(`Error 1866: Element '${element.name}', attribute '${name}': ${complaint}`)
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.required && element.attributes[name] === undefined) {
      throw new SchemaError(`Error 1868: Element '${element.name}': The attribute '${name}' is required but missing.`)
    }
  }
}

function unexpected(element: XmlElement, expected: readonly string[] = []): SchemaError {
  const hint = expected.length > 0 ? ` Expected is ( ${expected.slice(0, 8).join(', ')} ).` : ''
  return new SchemaError(`Error 1871: Element '${element.name}': This element is not expected.${hint}`)
}

function missing(element: XmlElement, expected: readonly string[] = []): SchemaError {
  const hint = expected.length > 0 ? ` Expected is ( ${expected.slice(0, 8).join(', ')} ).` : ''
  return new SchemaError(`Error 1871: Element '${element.name}': Missing child element(s).${hint}`)
}
