/** The request's form: envelope and generic functions (official XML schema v3.0; `query` as published in the developer docs). */
import {
  ANY_NUMBER,
  AT_LEAST_ONE,
  all,
  among,
  BOOLEAN,
  choice,
  elements,
  empty,
  integerBetween,
  type Model,
  maybe,
  OPTIONAL,
  one,
  orEmpty,
  type Particle,
  SchemaError,
  sequence,
  TEXT,
  textUpTo,
  upTo,
  validate,
} from './content-model.ts'
import { FUNCTION_NAMES } from './function-names.ts'
import { LEGACY_FUNCTIONS } from './legacy-schema.ts'
import type { XmlElement } from './xml.ts'

/** `showadditionalerrorinfo` is newer than the public schema; its place, last, is uncertain. */
const CONTROL = elements(
  sequence([
    one('senderid'),
    maybe('password'),
    one('controlid', textUpTo(256)),
    maybe('uniqueid'),
    maybe('dtdversion'),
    maybe('policyid'),
    maybe('debug'),
    maybe('includewhitespace', orEmpty(BOOLEAN)),
    maybe('showadditionalerrorinfo', BOOLEAN),
  ]),
)

const LOGIN = elements(
  sequence([one('userid'), one('companyid'), one('password'), maybe('clientid'), maybe('locationid')]),
)
const AUTHENTICATION = elements(choice([one('login', LOGIN), one('sessionid'), one('oauth')]))

const PREFERENCE = elements(sequence([one('application'), one('preference'), one('prefvalue')]))
const PREFERENCES = elements(
  sequence([
    one('companyprefs', elements(one('companypref', PREFERENCE, AT_LEAST_ONE)), ANY_NUMBER),
    one('moduleprefs', elements(one('modulepref', PREFERENCE, AT_LEAST_ONE)), ANY_NUMBER),
  ]),
)

const CONTENT = elements(one('function', { kind: 'anything' }, AT_LEAST_ONE))
const OPERATION = elements(
  sequence([
    one('authentication', AUTHENTICATION),
    one('preferences', PREFERENCES, ANY_NUMBER),
    one('content', CONTENT, ANY_NUMBER),
  ]),
  { transaction: { check: among(['true', 'false']) } },
)
const REQUEST = elements(sequence([one('control', CONTROL), one('operation', OPERATION, AT_LEAST_ONE)]))

const COMPARISON = elements(sequence([one('field'), one('value')]))
const PRESENCE = elements(one('field'))
const SET = elements(sequence([one('field'), one('value', TEXT, { min: 1, max: 1000 })]))
const RANGE = elements(sequence([one('field'), one('value', TEXT, { min: 2, max: 2 })]))
const COMPARISONS = 'equalto notequalto lessthan lessthanorequalto greaterthan greaterthanorequalto like notlike'

function operators(): Particle[] {
  const junction = () => elements(choice(operators(), { min: 2, max: Number.POSITIVE_INFINITY }))
  return [
    one('and', junction),
    one('or', junction),
    ...COMPARISONS.split(' ').map((name) => one(name, COMPARISON)),
    one('between', RANGE),
    one('in', SET),
    one('notin', SET),
    one('isnull', PRESENCE),
    one('isnotnull', PRESENCE),
  ]
}

const ANYTHING: Model = { kind: 'anything' }
const FLAG = orEmpty(BOOLEAN)
const DIRECTION = choice([one('ascending', ANYTHING), one('descending', ANYTHING)], OPTIONAL)
const QUERY = elements(
  all([
    one(
      'select',
      elements(
        choice(
          ['field', 'count', 'avg', 'min', 'max', 'sum'].map((name) => one(name, ANYTHING)),
          AT_LEAST_ONE,
        ),
      ),
    ),
    one('object'),
    maybe('docparid'),
    maybe('orderby', elements(one('order', elements(sequence([one('field'), DIRECTION])), AT_LEAST_ONE))),
    maybe(
      'options',
      elements(sequence([maybe('caseinsensitive', FLAG), maybe('showprivate', FLAG), maybe('returnformat')])),
    ),
    maybe('pagesize', orEmpty(integerBetween(1, 2000))),
    maybe('offset', orEmpty(integerBetween(0, Number.MAX_SAFE_INTEGER))),
    maybe('filter', elements(choice(operators()))),
  ]),
)

const BY_KEYS = elements(all([one('object'), one('keys'), maybe('fields'), maybe('returnFormat'), maybe('docparid')]))

const GENERIC_FUNCTIONS: Readonly<Record<string, Model>> = {
  getAPISession: elements(choice([one('locationid')], OPTIONAL)),
  query: QUERY,
  readUserFormatting: elements(choice([one('key'), one('userId')])),
  lookup: elements(all([one('object'), maybe('docparid')])),
  inspect: elements(choice([one('object'), one('name')]), { detail: {} }),
  create: { kind: 'any-elements' },
  update: { kind: 'any-elements' },
  delete: elements(all([one('object'), one('keys')])),
  read: BY_KEYS,
  readByName: BY_KEYS,
  readByQuery: elements(
    all([one('object'), one('query'), maybe('pagesize'), maybe('fields'), maybe('returnFormat'), maybe('docparid')]),
  ),
  readMore: elements(choice([one('object'), one('view'), one('reportId'), one('resultId')])),
  getDimensions: empty({}),
}

/** Throws SchemaError; what it lets pass has the shape that the rest of the sandbox relies on. */
export function validateRequest(request: XmlElement): void {
  if (request.name !== 'request') {
    throw new SchemaError(`Error 1845: Element '${request.name}': No matching global declaration available.`)
  }
  validate(request, REQUEST)
  for (const operation of request.children.slice(1)) {
    for (const content of operation.children.filter((child) => child.name === 'content')) {
      for (const call of content.children) validateFunction(call)
    }
  }
}

function validateFunction(call: XmlElement): void {
  const name = call.children[0]?.name ?? ''
  const model: Model = GENERIC_FUNCTIONS[name] ?? LEGACY_FUNCTIONS[name] ?? { kind: 'anything' }
  const known = FUNCTION_NAMES.has(name) ? [one(name, model)] : []
  validate(call, elements(choice(known), { controlid: { required: true, check: upTo(256) } }))
}

/** Functions of dtdversion 2.1: the legacy ones only (developer docs, requests). */
export function isLegacyFunction(name: string): boolean {
  return name.includes('_')
}
