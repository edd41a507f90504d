import { and, asc, desc, eq, getTableColumns, gt, lt, or, sql, type SQL } from 'drizzle-orm'
import type { PgSelect, PgTable } from 'drizzle-orm/pg-core'

export interface Order<Column extends string = string> {
  column: Column
  direction: 'asc' | 'desc'
}

/** A value of a cursor. Times come as ISO 8601 in UTC. */
export type KeyValue = string | number

export interface Page<Column extends string = string> {
  /** Complete: its last column is `id`, so that no two rows are equal. */
  order: Order<Column>[]
  /** How many rows at most; all where it is left out. */
  limit?: number
  /** The values of the order's columns in the last row of the page before. */
  after?: KeyValue[]
}

/** Sorts a query over the rows of a table, and keeps it to one page of them where that is asked for. */
export function inPages<Query extends PgSelect>(query: Query, table: PgTable, page: Page) {
  const sorted = query.orderBy(...orderBy(table, page))
  return page.limit === undefined ? sorted : sorted.limit(page.limit)
}

function orderBy(table: PgTable, { order }: Page): SQL[] {
  const columns = getTableColumns(table)
  return order.map(({ column, direction }) => (direction === 'asc' ? asc : desc)(columns[column]!))
}

/**
 * The rows that come after the cursor. Where all directions are the same it is one comparison of rows, which an index
 * answers by itself; else it is spelled out, column by column.
 */
export function afterCursor(table: PgTable, { order, after }: Page): SQL | undefined {
  if (!after) return undefined
  const columns = getTableColumns(table)
  const keys = order.map(({ column, direction }, i) => {
    const target = columns[column]!
    return { target, direction, value: sql`${after[i]}::${sql.raw(target.getSQLType().replace(/ collate .*/, ''))}` }
  })
  const [first] = keys
  if (keys.every(key => key.direction === first!.direction)) {
    const row = (parts: SQL[]) => sql`(${sql.join(parts, sql`, `)})`
    const [targets, values] = [row(keys.map(key => sql`${key.target}`)), row(keys.map(key => key.value))]
    return first!.direction === 'asc' ? sql`${targets} > ${values}` : sql`${targets} < ${values}`
  }
  return or(...keys.map((key, i) => and(
    ...keys.slice(0, i).map(({ target, value }) => eq(target, value)),
    (key.direction === 'asc' ? gt : lt)(key.target, key.value),
  )))
}
