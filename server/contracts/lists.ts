import { z } from 'zod'
import type { Order } from '#db/keyset'

/** How a list is sorted and walked. */
export interface List {
  /** The order where nobody asks for another. */
  order: Order[]
  /** What a query may say of it: `limit` and `cursor`, and `order_by` where it can be sorted. */
  paging: z.ZodType<{ order_by?: Order[], limit?: number, cursor?: string }> & Pick<z.ZodObject, 'shape'>
}

/** A list in this order, or, with `columns`, in one that the caller chooses out of them. */
export function defineList(order: Order[], columns?: readonly string[]): List {
  const paging = z.object({ limit: Limit.optional(), cursor: Cursor.optional() })
  const sorting = columns ? z.object({ order_by: orderBy(columns).optional(), ...paging.shape }) : paging
  return {
    order,
    paging: sorting.refine(({ cursor, limit }) => cursor === undefined || limit !== undefined, { path: ['cursor'], message: 'Needs a limit' }),
  }
}

/** A page has 1 to 100 rows. */
const Limit = z.string().regex(/^([1-9]\d?|100)$/, 'Must be a number from 1 to 100').transform(Number).meta({
  description: 'How many at most; without it, the whole list',
  override: { type: 'integer', minimum: 1, maximum: 100, pattern: undefined },
})

const Cursor = z.string().meta({ description: '`next_cursor` of the page before; needs a `limit`' })

/** `column:direction`, several separated by commas. */
function orderBy(columns: readonly string[]) {
  const part = `(${columns.join('|')}):(asc|desc)`
  const description = '`column:direction`, several separated by commas'
  return z.string().meta({ description, pattern: `^${part}(,${part})*$` }).transform((value, context): Order[] => {
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

/** Sorted by id alone. */
export const oldestFirst = defineList([{ column: 'id', direction: 'asc' }])
export const newestFirst = defineList([{ column: 'id', direction: 'desc' }])

/** What the answer of a list has beside its rows: with a limit, the cursor to go on with, or null at the end. */
export const NextCursor = z.string().nullable().optional().meta({ description: 'Only with a `limit`; null on the last page' })
