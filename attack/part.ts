import type { Database } from '#db/client'
import type { Tally } from './tally.ts'

/** What a part attacks, and where it records what happened. */
export interface Context {
  /** The server: `http://127.0.0.1:PORT`. */
  url: string
  /** A connection to the database of the server, to compare what is stored with what was answered. */
  db: Database
  tally: Tally
  /** The time that is left; none if the server has died. */
  secondsLeft: () => number
}

/** One kind of attack. */
export interface Part {
  /** What is tried, for the progress and the help. */
  title: string
  /** Its share of the time; 1 by default. */
  weight?: number
  /** The environment variables of its server, besides those of all parts. */
  settings?: Record<string, string>
  /** Milliseconds that a request of the legitimate user may take meanwhile. */
  maxDelay?: number
  /** Creates what is attacked. Returns the attack, which goes on until the time is up, at least once. */
  prepare: (context: Context) => Promise<() => Promise<void>>
}
