/** How long a fault is tried: briefly in the tests, or as long as it takes to be sure. */
type Extent = 'short' | 'long'

/** What was measured, by what it is, and everything that should not have happened. */
export interface Findings {
  figures: Record<string, number | string>
  problems: string[]
}

/** Something that goes wrong, while the server is in use. */
export interface Fault {
  /** What happens, for the help and the report. */
  title: string
  /** Whether it concerns the embedded database, and not a PostgreSQL server. */
  isEmbedded?: boolean
  /** Why it cannot be tried here; undefined if it can. */
  obstacle?: string
  run: (extent: Extent) => Promise<Findings>
}
