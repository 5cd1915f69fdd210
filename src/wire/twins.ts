/** JSON that says two things under one name: every parser takes another of them, so nobody knows which was meant. */

/** Whether any object of a JSON text, which is known to be well-formed, has a name twice. One pass, no recursion. */
export function hasTwins(json: string): boolean {
  // The names of each object that is open; null for a list.
  const open: (Set<string> | null)[] = []
  let isName = false
  for (let at = 0; at < json.length; at++) {
    const sign = json[at]
    if (sign === '"') {
      const end = endOfText(json, at)
      const names = open.at(-1)
      if (isName && names) {
        const name = nameIn(json.slice(at, end + 1))
        if (names.has(name)) return true
        names.add(name)
        isName = false
      }
      at = end
    } else if (sign === '{') {
      open.push(new Set())
      isName = true
    } else if (sign === '[') open.push(null)
    else if (sign === '}' || sign === ']') open.pop()
    else if (sign === ',') isName = true
  }
  return false
}

/** Escapes spell one name in several ways. */
const nameIn = (quoted: string): string => (quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1))

function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    if (end < 0) return json.length
    let escapes = 0
    while (json[end - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return end
  }
}
