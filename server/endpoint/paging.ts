import { z } from 'zod'
import type { KeyValue, Page } from '#db/keyset'
import { Json, type JsonPage } from '#db/read'
import { maxPageRows } from '#db/rules'
import type { List, PagingQuery } from '#server/contracts/kit/lists'
import { isSigned, sign } from '#server/runtime/signing'
import { furtherPage, WholeList } from './whole-list.ts'

/** The part of a list that a request asks for. */
export interface ListPage {
  /** The first page to read. */
  page: Page
  /**
   * The body of the response: one page with the cursor of the next one, or the whole list if there is no limit.
   * @param read reads further pages
   */
  bodyOf: (first: JsonPage, read: (page: Page) => Promise<unknown>) => Record<string, unknown>
}

/**
 * Resolves the paging parameters of a request.
 * @param scope identifies the list: its path and filters
 * @returns undefined if the cursor does not belong to this list in this order
 */
export function pageOf(list: List, scope: unknown, query: PagingQuery): ListPage | undefined {
  const { order_by: order = list.order, limit, cursor } = query
  const cursorScope = () => JSON.stringify([scope, order])
  const after = cursor === undefined ? undefined : decodeCursor(cursorScope(), cursor)
  if (cursor !== undefined && !after) return undefined
  const page = { order, after, limit: limit ?? maxPageRows }
  return {
    page,
    bodyOf(first, read) {
      if (limit === undefined) {
        const readAfter = (after: KeyValue[]) => read({ ...page, ...furtherPage(after) }) as Promise<JsonPage>
        return { [list.key]: new WholeList(first, readAfter) }
      }
      const next_cursor = first.next ? encodeCursor(cursorScope(), first.next) : null
      return { [list.key]: Json.list(first), next_cursor }
    },
  }
}

/**
 * A cursor contains the last row of a page, by the columns of the order. It is signed together with its scope, so that
 * it fits no other list and cannot be forged.
 */
function encodeCursor(scope: string, lastRow: KeyValue[]): string {
  const payload = JSON.stringify(lastRow)
  return `${Buffer.from(payload).toString('base64url')}.${sign('cursor', scope, payload)}`
}

const CursorValues = z.array(z.union([z.string(), z.number()]))

function decodeCursor(scope: string, cursor: string): KeyValue[] | undefined {
  const [encoded = '', signature = ''] = cursor.split('.')
  const payload = Buffer.from(encoded, 'base64url').toString()
  return isSigned(signature, 'cursor', scope, payload) ? CursorValues.parse(JSON.parse(payload)) : undefined
}
