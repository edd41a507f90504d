import { hasPostgres } from './postgres.ts'

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
  /** Whether it concerns the embedded database. All others need a PostgreSQL server of their own. */
  isEmbedded?: boolean
  /** Why it cannot be tried here, apart from a missing PostgreSQL; undefined if it can. */
  obstacle?: string
  run: (extent: Extent) => Promise<Findings>
}

/** Why a fault cannot be tried on this machine; undefined if it can. */
export const obstacleTo = ({ isEmbedded, obstacle }: Fault): string | undefined =>
  isEmbedded || hasPostgres ? obstacle : 'PostgreSQL is not installed'
