import { and, asc, desc, eq, getTableColumns, gt, isNull, lt, or, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { value } from './statement.ts'

export interface Order<Column extends string = string> {
  column: Column
  direction: 'asc' | 'desc'
}

/** A value of a cursor. Times are ISO 8601 in UTC. */
export type KeyValue = string | number

/** The rows of a list to read next. */
export interface Page<Column extends string = string> {
  /** A total order: the last column is `id`. */
  order: readonly Order<Column>[]
  /** The maximum number of rows. */
  limit: number
  /** The values of the order's columns in the last row of the previous page. */
  after?: KeyValue[]
  /** Whether it is one of many pages that are read in a row. */
  isFurther?: boolean
  /** Throws if nobody waits for the page any more. */
  assertAwaited?: () => void
}

/**
 * What a list is filtered by: the value of each column, or several of which it may have any; null for rows without one,
 * and undefined for all rows.
 */
export type Filter = Record<string, string | number | readonly number[] | null | undefined>

/** The placeholder of the cursor's value in a position of the order. */
const cursorValue = (position: number) => `after_${position}`

const isAny = (wanted: Filter[string]): wanted is readonly number[] => Array.isArray(wanted)

/** The values of the placeholders of {@link pageCondition}. */
export function pageValues(filter: Filter, { after }: Pick<Page, 'after'>): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const name in filter) values[name] = isAny(filter[name]) ? `{${filter[name].join()}}` : filter[name]
  after?.forEach((key, i) => values[cursorValue(i)] = key)
  return values
}

/** The condition for the rows of a page. Its placeholders are the columns of the filter, and the cursor. */
export function pageCondition(table: PgTable, filter: Filter, page?: Pick<Page, 'order' | 'after'>): SQL | undefined {
  const columns = getTableColumns(table)
  const matches = Object.entries(filter).map(([name, wanted]) => {
    if (wanted === undefined) return undefined
    const column = columns[name]!
    if (isAny(wanted)) return sql`${column} = any(${value(name)}::${sql.raw(column.getSQLType())}[])`
    return wanted === null ? isNull(column) : eq(column, value(name))
  })
  return and(...matches, page?.after && isAfterCursor(columns, page.order))
}

/** The terms of ORDER BY. */
export function orderTerms(table: PgTable, order: readonly Order[]): SQL {
  const columns = getTableColumns(table)
  return sql.join(
    order.map(({ column, direction }) => (direction === 'asc' ? asc : desc)(columns[column]!)),
    sql`, `,
  )
}

/**
 * The condition for rows after the cursor. If all columns sort in the same direction, it is a single row comparison,
 * which an index can serve. Otherwise it is expanded column by column.
 */
function isAfterCursor(columns: Record<string, PgColumn>, order: readonly Order[]): SQL | undefined {
  const keys = order.map(({ column, direction }, i) => {
    const target = columns[column]!
    const type = sql.raw(target.getSQLType().replace(/ collate .*/, ''))
    return { target, direction, key: sql`${value(cursorValue(i))}::${type}` }
  })
  const [first] = keys
  if (keys.every(({ direction }) => direction === first!.direction)) {
    const row = (parts: SQL[]) => sql`(${sql.join(parts, sql`, `)})`
    const [targets, values] = [row(keys.map(({ target }) => sql`${target}`)), row(keys.map(({ key }) => key))]
    return first!.direction === 'asc' ? sql`${targets} > ${values}` : sql`${targets} < ${values}`
  }
  return or(...keys.map(({ target, direction, key }, i) => and(
    ...keys.slice(0, i).map(previous => eq(previous.target, previous.key)),
    (direction === 'asc' ? gt : lt)(target, key),
  )))
}
