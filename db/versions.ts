import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'

/** A row with the number of changes of its own fields. */
export interface Versioned {
  id: number
  version: number
}

/** The versions that a row must have to be changed; undefined if it may have any. */
export type Versions = readonly number[] | undefined

/** The condition that a row has one of the versions, for the WHERE of the statement that changes it. */
export const hasVersion = (version: SQLWrapper, versions: Versions): SQL | undefined =>
  versions && sql`${version} = any(${`{${versions.join()}}`}::integer[])`

/** The version after a change. */
export const nextVersion = (version: SQLWrapper): SQL => sql`${version} + 1`
