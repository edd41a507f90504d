import { sql } from 'drizzle-orm'
import type { Transaction } from './client.ts'
import { defineStatement, value } from './statement.ts'

const statements = { messages: nextIdsOf('messages'), files: nextIdsOf('files') }

/**
 * Takes ids for rows to insert, in ascending order. Transactions that hold the same lock meanwhile get their ids in the
 * order in which they held it.
 */
export async function newIds(tx: Transaction, table: 'messages' | 'files', count: number): Promise<number[]> {
  if (count === 0) return []
  const rows = await statements[table](tx, { count })
  return rows.map(({ id }) => Number(id)).sort((a, b) => a - b)
}

function nextIdsOf(table: string) {
  const sequence = sql.raw(`'${table}_id_seq'`)
  return defineStatement<{ id: string }>(() =>
    sql`select nextval(${sequence}) as id from generate_series(1, ${value('count')}::int)`)
}
