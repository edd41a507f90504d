import postgres, { type Sql } from 'postgres'
import type { Statement } from './statement.ts'

/** A row as PostgreSQL sends it: the text of each column, or null. */
export type Row = (Buffer | null)[]

export type Values = Record<string, string | number | Uint8Array | undefined>

/** As many as the server has by default. */
const size = 10

const connections = Array.from({ length: size }, () => ({ sql: connect(), users: 0 }))

/** Runs the statements of a request on one connection, which sends them together. */
export async function withConnection<Result>(run: (sql: Sql) => Promise<Result>): Promise<Result> {
  const chosen = connections.reduce((best, connection) => connection.users < best.users ? connection : best)
  chosen.users++
  try {
    return await run(chosen.sql)
  }
  finally {
    chosen.users--
  }
}

/** Sends a prepared statement, which has parameters, without waiting for those before it. */
export function send(sql: Sql, { text, names }: Statement, values: Values): Promise<Row[]> {
  const parameters = names.map(name => values[name]!)
  return sql.unsafe(text, parameters, { prepare: true }).raw()
}

function connect(): Sql {
  return postgres(process.env.DATABASE_URL!, {
    max: 1,
    fetch_types: false,
    connection: { application_name: 'neptun-bench-bare', TimeZone: 'UTC' },
  })
}
