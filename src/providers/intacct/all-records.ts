/** Every record that fits a filter, page by page in the order of the key. */
import type { XmlNode } from '../../wire/xml.ts'
import type { AnswerRecord } from './answer.ts'
import { type Client, MAX_PAGE, type QueryCall } from './client.ts'
import { laterOf } from './record-keys.ts'

export interface Selection {
  readonly object: string
  /** RECORDNO is one of them. */
  readonly select: readonly string[]
  readonly filter: XmlNode
}

export async function allRecords(client: Client, selection: Selection): Promise<AnswerRecord[]> {
  return (await allOfEach(client, [selection]))[0] as AnswerRecord[]
}

/** Several selections in one request; only what has more than a page costs more of them. */
export async function allOfEach(client: Client, selections: readonly Selection[]): Promise<AnswerRecord[][]> {
  const records: AnswerRecord[][] = selections.map(() => [])
  let open = selections.map((selection, index) => ({
    index,
    after: null as string | null,
    call: callFor(selection, null),
  }))
  while (open.length > 0) {
    const pages = await client.queries(open.map(({ call }) => call))
    open = open.flatMap(({ index, after }, place) => {
      const page = pages[place]!
      records[index]!.push(...page.records)
      const last = page.hasMore ? laterOf(page.records, after) : null
      return last === null ? [] : [{ index, after: last, call: callFor(selections[index]!, last) }]
    })
  }
  return records
}

function callFor({ object, select, filter }: Selection, after: string | null): QueryCall {
  const behind: XmlNode | null =
    after === null
      ? null
      : [
          'greaterthan',
          [
            ['field', 'RECORDNO'],
            ['value', after],
          ],
        ]
  return {
    object,
    select,
    filter: behind === null ? filter : ['and', [filter, behind]],
    orderBy: [{ field: 'RECORDNO', descending: false }],
    pageSize: MAX_PAGE,
  }
}
