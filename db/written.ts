/** A written row as the driver gives it. */
export interface Written extends Record<string, unknown> {
  id: string
}

/** The ids of the rows of one INSERT, in the order in which they were given. */
export function idsOf(rows: Written[]): number[] {
  return rows.map(row => Number(row.id)).sort((a, b) => a - b)
}
