import type { KeyValue, Order, Page } from '#db/keyset'
import type { JsonPage } from '#db/read'
import { maxPageRows } from '#db/rules'

/** A list to send. Its pages are read one by one, while it is being sent. */
export class WholeList {
  readonly first: JsonPage
  readonly readAfter: (cursor: KeyValue[]) => Promise<JsonPage>

  /** @param readAfter reads the page after a cursor; not needed for a list of one page */
  constructor(first: JsonPage, readAfter: WholeList['readAfter'] = () => Promise.reject(new Error('No next page.'))) {
    this.first = first
    this.readAfter = readAfter
  }
}

/** Reads the first page of a list that is to be sent in full. */
export async function readWholeList<Column extends string, View>(
  { order }: { order: readonly Order<Column>[] },
  view: View,
  read: (page: Page<Column> & { view: View }) => Promise<JsonPage>,
): Promise<WholeList> {
  const page = { order, view, limit: maxPageRows }
  return new WholeList(await read(page), after => read({ ...page, after }))
}
