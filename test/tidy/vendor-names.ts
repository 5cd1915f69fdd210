/** The rule that a vendor is named at home only. */
import { providerOf } from './imports.ts'
import { isNode, lineOf, type Rule, type SyntaxNode } from './project.ts'

const VENDOR = /netsuite|intacct|suiteql|suitetalk|suitescript|arpymt|custpymt/i
/** Where a vendor is at home: its folders, the registry, the simulators, and the text of the documentation page. */
const VENDOR_HOMES = /^(test\/|src\/providers\/(index\.ts|[^/]+\/)|src\/sandbox|src\/documentation)/
/** Elsewhere the names are words for readers only: comments, and what these properties and calls show in the API's documentation. */
const SHOWN_TO_READERS = new Set(['description', 'summary', 'title', 'examples', 'example'])
/** Calls whose texts are descriptions and examples. */
const SHOWN_BY = new Set(['idParameter', 'text'])

/** A vendor's name outside its own folders is documentation, never something that the code decides by. */
export const vendorNames: Rule = (files) =>
  files
    .filter((file) => !VENDOR_HOMES.test(file.path) || providerOf(file.path))
    .flatMap((file) => {
      const own = providerOf(file.path)
      const foreign = (word: string) => VENDOR.test(word) && !(own && !otherVendor(own).test(word))
      return file.nodes
        .filter(({ node, around }) => foreign(wordOf(node)) && !around.some(isShown))
        .map(
          ({ node }) =>
            `${file.path}:${lineOf(file.text, node.start)} names a vendor in code: ${wordOf(node).slice(0, 60)}`,
        )
    })

const otherVendor = (own: string): RegExp =>
  own === 'netsuite'
    ? /intacct|arpymt/i
    : own === 'intacct'
      ? /netsuite|suiteql|suitetalk|suitescript|custpymt/i
      : VENDOR

function wordOf(node: SyntaxNode): string {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return String(node['name'])
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : ''
  if (node.type === 'TemplateElement') return String((node['value'] as { raw: string }).raw)
  return ''
}

function isShown(node: SyntaxNode): boolean {
  if (node.type === 'Property') return SHOWN_TO_READERS.has(keyOf(node))
  return node.type === 'CallExpression' && isNode(node['callee']) && SHOWN_BY.has(String(node['callee']['name']))
}
const keyOf = (property: SyntaxNode): string =>
  isNode(property['key']) ? String(property['key']['name'] ?? property['key']['value']) : ''
