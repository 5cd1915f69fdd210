/**
 * Golden files: exact wire text that people can read. `=== METHOD path` is a call of the gateway's API and `=== status` its
 * answer; `>>> METHOD path` is what the gateway sends to the ERP, `<<< status` what the ERP answers. Bodies are folded for
 * reading; unfolded they are the bytes on the wire.
 */

export interface Block {
  readonly mark: '===' | '>>>' | '<<<'
  /** `POST /path`, or a status. */
  readonly title: string
  readonly headers: Readonly<Record<string, string>>
  /** Unfolded. */
  readonly body: string
}

export interface Golden {
  /** Lines with `#` at the top: where the vendor's half comes from, and what the case shows. */
  readonly comments: readonly string[]
  readonly blocks: readonly Block[]
}

const MARK = /^(===|>>>|<<<) (.+)$/

export function parseGolden(content: string): Golden {
  const lines = content.split('\n')
  const comments: string[] = []
  while (lines[0]?.startsWith('#')) comments.push(lines.shift() as string)
  const blocks: { mark: Block['mark']; title: string; lines: string[] }[] = []
  for (const line of lines) {
    const match = MARK.exec(line)
    if (match) blocks.push({ mark: match[1] as Block['mark'], title: match[2] as string, lines: [] })
    else if (blocks.length > 0) blocks.at(-1)?.lines.push(line)
    else if (line !== '') throw new Error(`Not a golden file: ${line}`)
  }
  return { comments, blocks: blocks.map(({ mark, title, lines: inner }) => ({ mark, title, ...contentOf(inner) })) }
}

/** Header lines, an empty line, the body. */
function contentOf(lines: readonly string[]): Pick<Block, 'headers' | 'body'> {
  const gap = lines.indexOf('')
  const head = gap < 0 ? lines : lines.slice(0, gap)
  const headers = Object.fromEntries(
    head.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  )
  const body = gap < 0 ? '' : lines.slice(gap + 1).join('\n')
  return { headers, body: unfold(body.replace(/\n+$/, '')) }
}

export function printGolden({ comments, blocks }: Golden): string {
  return `${[...comments, '', ...blocks.map(printBlock)].join('\n')}`
}

export function printBlock({ mark, title, headers, body }: Block): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return `${[`${mark} ${title}`, ...head, ...(body === '' ? [] : ['', fold(body)])].join('\n')}\n`
}

/** Breaks compact JSON and XML into lines. What could not be put together again is left as it is. */
export function fold(body: string): string {
  const folded = body.startsWith('<') ? foldXml(body) : /^[[{]/.test(body) ? foldJson(body) : body
  return unfold(folded) === body ? folded : body
}

export function unfold(body: string): string {
  if (body.startsWith('<?xml')) return body.replace(/>\n */g, '>')
  return /^[[{]/.test(body)
    ? eachOutsideStrings(body, (text) => text.replace(/\n */g, '').replace(/: $/, ':').replaceAll(': ', ':'))
    : body
}

/** Simple elements stay on one line; SuiteQL and other long texts are never broken. */
function foldXml(body: string): string {
  let depth = 0
  let folded = ''
  for (const part of body.match(/<[^>]+>[^<]*/g) ?? []) {
    const tag = part.slice(0, part.indexOf('>') + 1)
    const closes = tag.startsWith('</')
    if (closes) depth--
    const follows = folded.endsWith('>') && !(closes && lastTagOpens(folded, tag))
    folded += follows && folded !== '' ? `\n${'  '.repeat(depth)}${part}` : part
    if (!closes && !tag.endsWith('/>') && !tag.startsWith('<?')) depth++
  }
  return folded
}

/** Whether the text ends with the opening tag of the element that is closed here. */
const lastTagOpens = (folded: string, closing: string): boolean =>
  new RegExp(`<${closing.slice(2, -1).replaceAll('.', '\\.')}(?: [^<>]*)?>$`).test(folded)

function foldJson(body: string): string {
  let depth = 0
  const line = () => `\n${'  '.repeat(depth)}`
  const opened = (text: string) =>
    [...text]
      .map((character) => {
        if (character === '{' || character === '[') {
          depth++
          return character + line()
        }
        if (character === '}' || character === ']') {
          depth--
          return line() + character
        }
        return character === ',' ? character + line() : character === ':' ? ': ' : character
      })
      .join('')
  return eachOutsideStrings(body, opened).replace(/([[{])\n *\n? *([\]}])/g, '$1$2')
}

/** Placeholders like `{intent}` are no objects: in compact JSON a brace is never followed by a letter. */
function eachOutsideStrings(json: string, change: (text: string) => string): string {
  return json
    .split(/("(?:[^"\\]|\\.)*"|\{[a-z][^{}"]*\})/)
    .map((part, place) => (place % 2 === 0 ? change(part) : part))
    .join('')
}
