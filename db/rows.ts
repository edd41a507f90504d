import type { SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { FieldSource } from './json-row.ts'
import type { Resource } from './resources.ts'

/**
 * Rows that can be read as JSON. Their conditions may use the columns of the filter as placeholders; together with it,
 * they must name the owner.
 */
export interface Rows<Name extends string = string> {
  table: PgTable & { id: PgColumn }
  /** The fields that a view can select. */
  fields: Record<Name, FieldSource>
  /** The tables that the fields need, if they are not the table alone. */
  from?: SQL
  /** What the rows belong to: a subquery that has a row if it exists. */
  parent?: { resource: Resource, exists: SQL }
  /** The number of changes of a row. A single row is read with it. */
  version?: PgColumn | SQL
  /** A condition for all rows. */
  only?: SQL
  /** The bytes of text in a row, if they can be many. A page ends with the row that exceeds `maxPageBytes`. */
  bytes?: SQL
  /** Rows of another table that are nested in the rows. */
  children?: Children
}

export interface Children {
  table: PgTable & { id: PgColumn }
  /** The id of the row that a child belongs to. */
  parentId: PgColumn
  /** Columns that have the same value as in the rows. The filter of the rows names them. */
  shared: readonly string[]
  /** Joins of the tables that the fields need. */
  joins: SQL
  fields: Record<string, FieldSource>
  bytes: SQL
}
