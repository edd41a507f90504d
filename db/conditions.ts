import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/**
 * Whether a column equals one of the values. They are a single parameter, so that the text of the statement does not
 * depend on their number and it stays prepared.
 */
export function isAnyOf(column: PgColumn, values: readonly (number | string)[]): SQL {
  const elements = values.map(value => `"${String(value).replace(/["\\]/g, '\\$&')}"`)
  return sql`${column} = any(${`{${elements.join()}}`}::${sql.raw(column.getSQLType())}[])`
}
