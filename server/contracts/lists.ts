import { z } from 'zod'
import type { Order } from '#db/keyset'

/** How a list may be sorted, and how it is where nobody says. Without `columns`, nobody can say. */
export interface Ordering {
  columns?: readonly string[]
  default: Order[]
}

/** Sorted by id alone. */
export const oldestFirst: Ordering = { default: [{ column: 'id', direction: 'asc' }] }
export const newestFirst: Ordering = { default: [{ column: 'id', direction: 'desc' }] }

/** What the answer of a list has beside its rows: with a limit, the cursor to go on with, or null at the end. */
export const NextCursor = z.string().nullable().optional()

/** `limit` as it stands in a query: a page has 1 to 100 rows. */
export const Limit = z.string().regex(/^([1-9]\d?|100)$/, 'Must be a number from 1 to 100').transform(Number)

/** `order_by` as it stands in a query: `column:direction`, several separated by commas. */
export function orderBy({ columns = [], default: order }: Ordering) {
  return z.string().optional().transform((value, context) => {
    if (value === undefined) return order
    const orders = value.split(',').map((part) => {
      const [column, direction, ...rest] = part.split(':')
      if (!columns.includes(column!) || (direction !== 'asc' && direction !== 'desc') || rest.length > 0)
        context.addIssue(`${JSON.stringify(part)} is not column:direction, with a column out of ${columns.join(', ')} and a direction out of asc, desc`)
      return { column: column!, direction: direction as Order['direction'] }
    })
    const twice = orders.find(({ column }, i) => orders.findIndex(other => other.column === column) < i)
    if (twice) context.addIssue(`${JSON.stringify(twice.column)} is named twice`)
    return completed(orders)
  })
}

/** The id breaks ties, in the direction of the last column; what comes after it decides nothing. */
function completed(orders: Order[]): Order[] {
  const id = orders.findIndex(({ column }) => column === 'id')
  return id >= 0 ? orders.slice(0, id + 1) : [...orders, { column: 'id', direction: orders.at(-1)!.direction }]
}
