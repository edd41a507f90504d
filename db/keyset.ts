import {
  and, asc, desc, eq, getTableColumns, gt, lt, or, sql, type InferSelectModel, type SQL,
} from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Executor } from './client.ts'

export interface Order<Column extends string = string> {
  column: Column
  direction: 'asc' | 'desc'
}

/** A value of a cursor. Times are ISO 8601 in UTC. */
export type KeyValue = string | number

export interface Page<Column extends string = string> {
  /** A total order: the last column is `id`. */
  order: readonly Order<Column>[]
  /** The maximum number of rows; unlimited if undefined. */
  limit?: number
  /** The values of the order's columns in the last row of the previous page. */
  after?: KeyValue[]
}

/**
 * Selects one page of the rows of a table: filtered, after the cursor, sorted and limited. The only way for a list to
 * use a {@link Page}.
 * @param where the conditions of the list
 */
export async function selectPage<Table extends PgTable>(
  db: Executor,
  table: Table,
  page: Page,
  ...where: (SQL | undefined)[]
): Promise<InferSelectModel<Table>[]> {
  const columns = getTableColumns<PgTable>(table)
  const orderBy = page.order.map(({ column, direction }) => (direction === 'asc' ? asc : desc)(columns[column]!))
  const rows = db.select().from<PgTable>(table).where(and(...where, isAfterCursor(table, page))).orderBy(...orderBy)
  return await (page.limit === undefined ? rows : rows.limit(page.limit)) as InferSelectModel<Table>[]
}

/**
 * The condition for rows after the cursor. If all columns sort in the same direction, it is a single row comparison,
 * which an index can serve. Otherwise it is expanded column by column.
 */
function isAfterCursor(table: PgTable, { order, after }: Page): SQL | undefined {
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
