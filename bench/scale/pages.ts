import { requestOf, type BenchRequest } from '../endpoints.ts'
import type { BenchUser } from '../fixture.ts'
import { load } from '../load.ts'
import { progress } from '../progress.ts'
import { number, ratio, table } from '../report.ts'
import { sendRequest } from '../send-request.ts'
import { connections } from '../setup.ts'
import { median } from '../statistics.ts'

const columns = ['id', 'name', 'model', 'created_at', 'updated_at']

/** The size of a page, and the number of the last one that is measured. */
const limit = 50
const lastPage = 2000

/** Measures pages of a user with very many chats, compared with the first page of ordinary users. Returns a table. */
export async function measurePages(
  url: string,
  { giant, users }: { giant: BenchUser, users: readonly BenchUser[] },
  { rounds, seconds }: { rounds: number, seconds: number },
): Promise<string> {
  const rows = []
  for (const order of columns.flatMap(column => [`${column}:asc`, `${column}:desc`])) {
    const page = `/chats?order_by=${order}&limit=${limit}`
    const cursor = await cursorOfLastPage(url, giant, order)
    const lists: BenchRequest[][] = [
      users.map(user => requestOf(user, page)),
      [requestOf(giant, page)],
      [requestOf(giant, `${page}&cursor=${cursor}`)],
    ]
    const rates: number[][] = lists.map(() => [])
    for (let round = 0; round < rounds; round++) {
      for (const [i, requests] of lists.entries())
        rates[i]!.push((await load(url, requests, { connections, seconds })).rate)
    }
    const [ordinary, first, last] = rates.map(median)
    progress(`  ${order}: ${[ordinary, first, last].map(number).join(', ')} requests/s`)
    rows.push([
      `\`${order}\``, number(ordinary), number(first), ratio(ordinary, first), number(last), ratio(ordinary, last),
    ])
  }
  return table(['Order', 'ordinary user', 'page 1', 'ratio', `page ${lastPage.toLocaleString('en-US')}`, 'ratio'], rows)
}

/** Follows the cursors to the last page, on pages that are as large as the API allows. */
async function cursorOfLastPage(url: string, user: BenchUser, order: string): Promise<string> {
  let cursor: string | undefined
  for (let remaining = (lastPage - 1) * limit; remaining > 0;) {
    const size = Math.min(remaining, 100)
    const from = cursor === undefined ? '' : `&cursor=${cursor}`
    const response = await sendRequest(url, requestOf(user, `/chats?order_by=${order}&limit=${size}${from}`))
    const body = await response.json() as { next_cursor: string | null }
    if (body.next_cursor === null) throw new Error(`The list of chats ends ${remaining} rows too early.`)
    cursor = body.next_cursor
    remaining -= size
  }
  return cursor!
}
