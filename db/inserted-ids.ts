/** A row of `INSERT … RETURNING id`. The driver returns a bigint as a string. */
export interface InsertedRow extends Record<string, unknown> {
  id: string
}

/** The ids that one INSERT assigned, in the order in which its rows were given. */
export function insertedIds(rows: InsertedRow[]): number[] {
  return rows.map(row => Number(row.id)).sort((a, b) => a - b)
}
