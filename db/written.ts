/** What a written row has that its writer did not know, as the driver gives it. */
export interface Written extends Record<string, unknown> {
  id: string
  created_at: string
}

/** Rows of one INSERT in the order of their ids, which is the order in which they were given. */
export function readWritten(rows: Written[]): { id: number, created_at: Date }[] {
  return rows
    .map(row => ({ id: Number(row.id), created_at: new Date(row.created_at) }))
    .sort((a, b) => a.id - b.id)
}
