import { z } from 'zod'
import type { Order } from '#db/keyset'
import { maxPageSize } from './limits.ts'

/** The query parameters of paging. Only lists that can be sorted have `order_by`. */
export interface PagingQuery {
  order_by?: Order[]
  limit?: number
  cursor?: string
}

/** A list that can be read in pages. */
export interface List<Row extends z.ZodType = z.ZodType, Column extends string = string, Filters = object> {
  /** The name of the rows in the response. */
  key: string
  row: Row
  /** The default order. */
  order: readonly Order<Column>[]
  /** Filters and paging. */
  query: z.ZodType<Filters & PagingQuery> & Pick<z.ZodObject, 'shape'>
}

interface ListOptions<Column extends string, Filters extends z.ZodRawShape> {
  order: readonly Order<Column>[]
  /** The columns that `order_by` accepts. If undefined, there is no `order_by`. */
  sortableBy?: readonly Column[]
  filters?: Filters
}

/** Defines a list of rows, which the response has under `key`. */
export function defineList<
  Row extends z.ZodType,
  const Column extends string,
  Filters extends z.ZodRawShape = Record<never, never>,
>(
  key: string,
  row: Row,
  { order, sortableBy, filters }: ListOptions<Column, Filters>,
): List<Row, Column, z.output<z.ZodObject<Filters>>> {
  const query = z.object({
    ...filters,
    ...sortableBy && { order_by: orderBy(sortableBy, order).optional().meta({ param: commaSeparated }) },
    limit: Limit.optional(),
    cursor: Cursor.optional(),
  }).refine(hasLimitWithCursor, { path: ['cursor'], message: 'Requires limit' })
  // The compiler cannot see through the optional parts of the shape.
  return { key, row, order, query: query as never }
}

const hasLimitWithCursor = ({ cursor, limit }: Omit<PagingQuery, 'order_by'>) =>
  cursor === undefined || limit !== undefined

const pageSize = `Must be a number from 1 to ${maxPageSize}`

const Limit = z.string()
  .regex(/^[1-9]\d*$/, pageSize)
  .transform(Number)
  .refine(limit => limit <= maxPageSize, pageSize)
  .meta({
    description: 'Maximum number of rows; the whole list if absent',
    example: 20,
    override: { type: 'integer', minimum: 1, maximum: maxPageSize, pattern: undefined },
  })

const Cursor = z.string().meta({
  description: '`next_cursor` of the previous page; requires `limit`',
  example: 'WyIyMDI2LTExLTIxVDA5OjMwOjAwLjAwMFoiLDVd.wIx337a9W21P30m_yO90Zq8p4t9STZvbNcKqDMIFvUc',
})

const commaSeparated = { style: 'form', explode: false } as const

/** A text of `column:direction` terms separated by commas, documented as the list that it stands for. */
function orderBy<Column extends string>(columns: readonly Column[], byDefault: readonly Order<Column>[]) {
  const terms = columns.flatMap(column => [`${column}:asc`, `${column}:desc`])
  const expected = `Must be column:direction, with a column of ${columns.join(', ')} and direction asc or desc`
  return z.string().meta({
    description: '`column:direction`, several separated by commas; no column twice',
    example: [...columns.slice(1, 2).map(column => `${column}:asc`), terms.at(-1)],
    override: {
      type: 'array',
      items: { type: 'string', enum: terms },
      minItems: 1,
      maxItems: columns.length,
      default: byDefault.map(({ column, direction }) => `${column}:${direction}`),
    },
  }).transform((value, context): Order[] => {
    const order = value.split(',').map((term) => {
      const [column, direction, ...rest] = term.split(':')
      const isSortable = columns.some(name => name === column)
      if (!isSortable || (direction !== 'asc' && direction !== 'desc') || rest.length > 0)
        context.addIssue(`${expected}: ${JSON.stringify(term)}`)
      return { column: column!, direction: direction as Order['direction'] }
    })
    const duplicate = order.find(({ column }, i) => order.findIndex(other => other.column === column) < i)
    if (duplicate) context.addIssue(`Must not repeat a column: ${JSON.stringify(duplicate.column)}`)
    return toTotalOrder(order)
  })
}

/** The id breaks ties, in the direction of the last column. Columns after the id are redundant. */
function toTotalOrder(order: Order[]): Order[] {
  const id = order.findIndex(({ column }) => column === 'id')
  return id >= 0 ? order.slice(0, id + 1) : [...order, { column: 'id', direction: order.at(-1)!.direction }]
}

export const oldestFirst = { order: [{ column: 'id', direction: 'asc' }] } as const
export const newestFirst = { order: [{ column: 'id', direction: 'desc' }] } as const

/** The body of a page: its rows, and with `limit` the cursor of the next page. */
export function pageBody({ key, row }: List) {
  const nextCursor = z.string().nullable().optional().meta({ description: 'Only with `limit`; null on the last page' })
  return z.object({ [key]: z.array(row), next_cursor: nextCursor })
}
