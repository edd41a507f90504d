import type { Query } from './deadlines.ts'

/** What uses the connections of a client, and waits for them. The driver does not say. */
export class ConnectionUse {
  /** Statements on the pool outside transactions, BEGIN included. They have a state as soon as they are sent. */
  readonly statements = new Set<Query>()
  /** Transactions whose BEGIN has been answered. */
  readonly transactions = new Set<object>()
  /** Statements on the connection for reads, which takes any number at a time. */
  readonly reads = new Set<Query>()

  /** Connections of the pool in use, and statements and transactions that wait for one. */
  count(): { inUse: number, waiting: number, reads: number } {
    let sent = 0
    for (const { state } of this.statements) if (state) sent++
    return {
      inUse: sent + this.transactions.size,
      waiting: this.statements.size - sent,
      reads: this.reads.size,
    }
  }
}
