import { z } from 'zod'
import type { KeyValue, Order, Page } from '#db/keyset'
import type { List, PagingQuery } from '#server/contracts/kit/lists'
import { isSigned, sign } from '#server/runtime/signing'

/** One page of a list. */
export interface ListPage {
  /** What the repository selects: one row more than requested, to detect whether there is a next page. */
  page: Page
  /** The body of the response: the rows, and with a limit the cursor of the next page. */
  bodyOf: (rows: Record<string, unknown>[]) => Record<string, unknown>
}

/**
 * Resolves the paging parameters of a request.
 * @param scope identifies the list: its path and filters
 * @returns undefined if the cursor does not belong to this list in this order
 */
export function pageOf(list: List, scope: unknown, query: PagingQuery): ListPage | undefined {
  const { order_by: order = list.order, limit, cursor } = query
  const cursorScope = JSON.stringify([scope, order])
  const after = cursor === undefined ? undefined : decodeCursor(cursorScope, cursor)
  if (cursor !== undefined && !after) return undefined
  return {
    page: { order, after, limit: limit && limit + 1 },
    bodyOf(rows) {
      if (limit === undefined) return { [list.key]: rows }
      const page = rows.slice(0, limit)
      const next_cursor = rows.length > limit ? encodeCursor(cursorScope, order, page.at(-1)!) : null
      return { [list.key]: page, next_cursor }
    },
  }
}

/**
 * A cursor contains the last row of a page, by the columns of the order. It is signed together with its scope, so that
 * it fits no other list and cannot be forged.
 */
function encodeCursor(scope: string, order: readonly Order[], row: Record<string, unknown>): string {
  // A date becomes ISO 8601.
  const payload = JSON.stringify(order.map(({ column }) => row[column]))
  return `${Buffer.from(payload).toString('base64url')}.${sign('cursor', scope, payload)}`
}

const CursorValues = z.array(z.union([z.string(), z.number()]))

function decodeCursor(scope: string, cursor: string): KeyValue[] | undefined {
  const [encoded = '', signature = ''] = cursor.split('.')
  const payload = Buffer.from(encoded, 'base64url').toString()
  return isSigned(signature, 'cursor', scope, payload) ? CursorValues.parse(JSON.parse(payload)) : undefined
}
