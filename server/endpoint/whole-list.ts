import type { Executor } from '#db/client'
import type { KeyValue, Order, Page } from '#db/keyset'
import type { JsonPage } from '#db/read'
import { furtherPageRows, maxPageRows } from '#db/rules'
import { withDatabase } from '#server/runtime/database'

/** A list to send in full. Its pages are read one by one, while it is being sent. */
export class WholeList {
  readonly first: JsonPage
  readonly readAfter: (cursor: KeyValue[]) => Promise<JsonPage>

  /** @param readAfter reads the page after a cursor */
  constructor(first: JsonPage, readAfter: WholeList['readAfter']) {
    this.first = first
    this.readAfter = readAfter
  }
}

/** A further page of a list that is sent in full. */
export const furtherPage = (after: KeyValue[]) => ({ after, limit: furtherPageRows, isFurther: true })

/** The first page of a list to send in full. */
export const firstPage = <Column extends string, View>(
  { order }: { order: readonly Order<Column>[] },
  view: View,
) => ({ order, view, limit: maxPageRows })

/**
 * Reads a list to send in full. Each further page has a timeout of its own.
 * @param db reads the first page; if it is a transaction, that will have ended before the others are read
 */
export async function readWholeList<Column extends string, View>(
  db: Executor,
  list: { order: readonly Order<Column>[] },
  view: View,
  read: (db: Executor, page: Page<Column> & { view: View }) => Promise<JsonPage>,
): Promise<WholeList> {
  const page = firstPage(list, view)
  return continueList(await read(db, page), page, read)
}

/** A list to send in full whose first page has been read. */
export function continueList<FirstPage extends object>(
  first: JsonPage,
  page: FirstPage,
  read: (db: Executor, page: FirstPage & ReturnType<typeof furtherPage>) => Promise<JsonPage>,
): WholeList {
  return new WholeList(first, after => withDatabase(db => read(db, { ...page, ...furtherPage(after) })))
}
