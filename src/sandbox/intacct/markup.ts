/** Writes answers: elements as text, escaped, on one line or one element a line. */

/** PHP's htmlspecialchars, which the vendor's answers show (`&#039;`); a carriage return would be lost otherwise. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
  '\r': '&#13;',
}

export function escaped(text: string): string {
  return /[&<>"'\r]/.test(text) ? text.replace(/[&<>"'\r]/g, (character) => ESCAPES[character]!) : text
}

/** `<name>text</name>`; also for empty text, as the vendor never leaves a selected field out. */
export function leaf(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`
}

/** An element around finished markup. */
export function element(name: string, content: readonly string[], attributes: Readonly<Record<string, string>> = {}) {
  const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const open = `${name}${listed.join('')}`
  return content.length === 0 ? `<${open}/>` : `<${open}>${content.join('')}</${name}>`
}

/** `includewhitespace` true (the vendor's default): a line break between tags, never inside a value. */
export function spread(markup: string): string {
  return markup.replace(/(?:<\/[^<>]*>|<[^<>]*\/>|<[^<>]*>(?=<[^/]))(?=<)/g, '$&\n')
}
