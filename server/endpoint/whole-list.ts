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

/**
 * Reads the first page of a list to send in full. Each further page has a timeout of its own.
 * @param readFirst reads the first page; by default as the others
 */
export async function readWholeList<Column extends string, View>(
  { order }: { order: readonly Order<Column>[] },
  view: View,
  read: (page: Page<Column> & { view: View }) => Promise<JsonPage>,
  readFirst = read,
): Promise<WholeList> {
  const page = { order, view, limit: maxPageRows }
  return new WholeList(await readFirst(page), after => withDatabase(() => read({ ...page, ...furtherPage(after) })))
}
