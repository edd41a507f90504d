import { fillPlaceholders, sql, type Placeholder, type SQL, type SQLWrapper } from 'drizzle-orm'
import { PgColumn, PgDialect, QueryBuilder } from 'drizzle-orm/pg-core'
import type { PostgresJsSession } from 'drizzle-orm/postgres-js'
import type { Sql } from 'postgres'
import type { Executor } from './client.ts'
import type { UnpreparedOption } from './prepare-statements.ts'
import { hasReadConnection, readConnectionOf } from './read-connection.ts'

/** A statement whose text is built once. Each run fills in the values of its placeholders. */
export interface Statement {
  text: string
  /** Placeholders and constants, in the order of the text. */
  parameters: unknown[]
  /** Whether connections should not keep it prepared, because it is rare. */
  isUnprepared?: boolean
}

/** The values of placeholders by name, as the driver takes them. */
export type Values = Record<string, unknown>

const dialect = new PgDialect()
const builder = new QueryBuilder(dialect)

/** A placeholder, to be filled in when the statement runs. */
export const value = (name: string): Placeholder => sql.placeholder(name)

/** Builds the text of a statement. drizzle would build it again for each run, which costs more than the run itself. */
export function buildStatement(query: SQLWrapper): Statement {
  const { sql: text, params: parameters } = dialect.sqlToQuery(query.getSQL())
  return { text, parameters }
}

/** The session of a transaction has the client that is bound to its connection. */
const sessionOf = (db: Executor) => db._.session as PostgresJsSession<Sql, Record<string, never>, Record<string, never>>

/** Whether short reads share a connection; not inside a transaction, for example. */
export const sharesReads = (db: Executor): boolean => hasReadConnection(sessionOf(db).client)

/**
 * Creates a query. Queries that are executed in the same tick are sent together, in this order. Outside a transaction,
 * the query must be a read.
 */
function queryOf(db: Executor, { text, parameters, isUnprepared }: Statement, values: Values, isLong = false) {
  const { client, logger } = sessionOf(db)
  const filled = fillPlaceholders(parameters, values)
  logger.logQuery(text, filled)
  const options: UnpreparedOption = { isUnprepared }
  return (isLong ? client : readConnectionOf(client)).unsafe(text, filled as never[], options as object)
}

/**
 * Moves the rows of an answer to another array. Each query of the driver has functions that V8 creates among the old
 * objects. They keep the answer in memory until the next major garbage collection, which the rows would make due five
 * times a second under load.
 */
function takeRows<Row>(answer: Row[]): Row[] {
  const rows = []
  for (const row of answer) rows.push(row)
  answer.length = 0
  return rows
}

/**
 * Runs a read whose columns are all text.
 * @param isLong whether it may take long: it uses the pool, so that it does not delay other reads
 */
export async function runText(
  db: Executor,
  statement: Statement,
  values: Values,
  isLong: boolean,
): Promise<(string | null)[][]> {
  return takeRows(await queryOf(db, statement, values, isLong).values().execute())
}

/**
 * Defines a statement by its SQL.
 * @returns a function that runs it; a bigint or a timestamp is a string
 */
export function defineStatement<Row>(build: () => SQL) {
  let statement: Statement | undefined
  return async (db: Executor, values: Values): Promise<Row[]> =>
    takeRows(await queryOf(db, statement ??= buildStatement(build()), values).execute() as unknown as Row[])
}

interface Select<Row> {
  _: { selectedFields: object, result: Row[] }
  getSQL(): SQL
}

/**
 * Defines a SELECT. If an outer join finds no row, each of its columns is null, not the object as a whole. In a SELECT
 * from a single table, drizzle omits the table from column names, even inside expressions, so none of them may contain
 * a subquery.
 * @param isLong whether it may take long: it uses the pool, so that it does not delay other reads
 * @returns a function that runs it; values have the types of the selected columns
 */
export function defineSelect<Row>(build: (builder: QueryBuilder) => Select<Row>, isLong = false) {
  let statement: Statement | undefined
  let map: ((row: unknown[]) => Row) | undefined
  return async (db: Executor, values: Values): Promise<Row[]> => {
    if (!statement || !map) {
      const query = build(builder)
      statement = buildStatement(query)
      map = mapperOf<Row>(query._.selectedFields)
    }
    const rows = takeRows(await queryOf(db, statement, values, isLong).values().execute()) as unknown[][]
    return rows.map(map)
  }
}

type Decoder = (value: unknown) => unknown

/** Returns the function from a row to the object that was selected, which may be nested. */
function mapperOf<Row>(fields: object): (row: unknown[]) => Row {
  let position = 0
  const readerOf = (field: unknown): (row: unknown[]) => unknown => {
    if (!isColumn(field)) {
      const readers = Object.entries(field as object).map(([name, nested]) => [name, readerOf(nested)] as const)
      return (row) => {
        const object: Record<string, unknown> = {}
        for (const [name, read] of readers) object[name] = read(row)
        return object
      }
    }
    const at = position++
    const decode = decoderOf(field)
    return row => row[at] === null ? null : decode(row[at])
  }
  return readerOf(fields) as (row: unknown[]) => Row
}

const isColumn = (field: unknown): field is PgColumn | SQL => 'getSQL' in (field as object)

function decoderOf(field: PgColumn | SQL): Decoder {
  // drizzle hides the decoder of an expression.
  const decoder = field instanceof PgColumn ? field : (field as unknown as { decoder: PgColumn }).decoder
  return value => decoder.mapFromDriverValue(value)
}
