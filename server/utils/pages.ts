import type { KeyValue, Order, Page } from '#db/keyset'
import { isSigned, sign } from './signing.ts'

/**
 * A cursor holds the last row of a page by the columns of its order. It is signed together with the list that it
 * belongs to: its path, filters and order. So it fits no other, and nobody can make one up.
 */
function writeCursor(list: string, values: KeyValue[]): string {
  const payload = JSON.stringify(values)
  return `${Buffer.from(payload).toString('base64url')}.${sign('cursor', list, payload)}`
}

function readCursor(list: string, cursor: string): KeyValue[] | undefined {
  const [encoded = '', signature = ''] = cursor.split('.')
  const payload = Buffer.from(encoded, 'base64url').toString()
  return isSigned(signature, 'cursor', list, payload) ? JSON.parse(payload) as KeyValue[] : undefined
}

/** What a handler needs of a request for a list: what to ask the repository for, and how to answer with it. */
export interface PageOfList<Column extends string = string> {
  request: Page<Column>
  /** `{ [name]: rows }`, and with a limit, the `next_cursor` to go on with, or null at the end. */
  answer: <Name extends string, Row extends object>(name: Name, rows: Row[]) => { [K in Name]: Row[] } & { next_cursor?: string | null }
}

/**
 * @param list what tells this list from others: its path and filters
 * @returns undefined if the cursor is not one of this list in this order
 */
export function pageOf(list: string, order: Order[], limit?: number, cursor?: string): PageOfList | undefined {
  const name = JSON.stringify([list, order])
  const after = cursor === undefined ? undefined : readCursor(name, cursor)
  if (cursor !== undefined && !after) return undefined
  const answer = (key: string, rows: object[]) => {
    if (limit === undefined) return { [key]: rows }
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) as Record<string, KeyValue | Date> : undefined
    return { [key]: page, next_cursor: last ? writeCursor(name, order.map(({ column }) => toKeyValue(last[column]!))) : null }
  }
  // One row more than the page tells whether there is another one.
  return { request: { order, after, limit: limit && limit + 1 }, answer: answer as PageOfList['answer'] }
}

const toKeyValue = (value: KeyValue | Date) => value instanceof Date ? value.toISOString() : value
