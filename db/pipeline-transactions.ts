import type { PostgresJsSession } from 'drizzle-orm/postgres-js'
import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres'
import type { Transaction } from './client.ts'
import { type Deadlines, giveUpTime, timeoutError } from './deadlines.ts'
import { retryAfterConflict } from './retry.ts'

/** What the driver has inside: a connection, and a query that has been created. */
interface Connection {
  /** Sends a query. Returns false if no other may follow before it is answered. */
  execute: (query: Query) => boolean
  /** Called when all queries are answered. While it is set, the pool uses the connection for nothing else. */
  reserved: (() => void) | null
  onclose: ((error: Error) => void) | null
}
type Query = PendingQuery<Row[]> & {
  handler: (query: Query) => void
  /** Cancels the query if it is active. Resolves when the server has been told. */
  canceller: (query: Query) => Promise<void>
  reject: (error: Error) => void
  /** Whether the server is working on it. */
  active: boolean
  /** Set as soon as it is sent. */
  state: object | null
}

/** Commits each transaction, at most once, by its client. */
const commits = new WeakMap<object, () => Promise<void>>()

/**
 * Makes transactions send BEGIN together with their first statements, instead of waiting for its answer. Their
 * connection returns to the pool when the server reports the end of the transaction. A transaction that collided with
 * another one is retried, until its deadline.
 *
 * postgres.js awaits BEGIN, and its reserved connections do not survive a loss of the connection. Remove when it has
 * an option for this and https://github.com/porsager/postgres/issues/1199 is fixed.
 * @param open contains each transaction while it has a connection
 */
export function pipelineTransactions(client: Sql, deadlines?: Deadlines, open?: Set<object>): Sql {
  const send = client.unsafe.bind(client)
  // Outside transactions, a connection gets one statement at a time. Otherwise BEGIN could be sent on a connection that
  // others are using, which the driver cannot reserve once it has many statements to answer.
  const sendAlone = (text: string, parameters?: never[], options?: object) =>
    send(text, parameters, { onexecute: () => false, ...options } as object)
  client.unsafe = sendAlone as typeof send
  client.begin = ((scope: Scope) => {
    const deadline = performance.now() + (deadlines?.timeout ?? 0)
    return retryAfterConflict(async () => {
      const pipeline = new Pipeline(send, deadlines)
      const timer = deadlines && setTimeout(() => pipeline.expire(), deadline - performance.now())
      pipeline.begin(client, open)
      try {
        return await pipeline.run(client, scope, 'commit', 'rollback')
      }
      finally {
        clearTimeout(timer)
        pipeline.settle()
        open?.delete(pipeline)
      }
    })
  }) as typeof client.begin
  return client
}

/**
 * Sends COMMIT right behind the last statements of a transaction, which must have been sent: those of `defineStatement`
 * are when it is called, those that drizzle builds only later. If one of them fails, the server rolls the transaction
 * back.
 * @throws the error of the first statement that failed
 */
export async function commitWith(tx: Transaction, ...statements: Promise<unknown>[]): Promise<void> {
  const { client } = tx._.session as PostgresJsSession<Sql, Record<string, never>, Record<string, never>>
  // A failure makes the statements behind it fail as well, and their errors may arrive earlier.
  const results = await Promise.allSettled([...statements, commits.get(client)!()])
  const failed = results.find(result => result.status === 'rejected')
  if (failed) throw failed.reason
}

type Scope = (tx: TransactionSql) => Promise<unknown>

/** The queries of one transaction, in order, on one connection. */
class Pipeline {
  readonly send: Sql['unsafe']
  private readonly deadlines: Deadlines | undefined
  private connection: Connection | undefined
  private readonly waiting: Query[] = []
  private readonly sent: Query[] = []
  private commitQuery: Query | undefined
  private isBusy = false
  private failure: Error | undefined
  /**
   * Rejects at the deadline, and when the connection is lost. The driver may never settle a query that is sent at that
   * moment.
   */
  private readonly loss = Promise.withResolvers<never>()
  private savepoints = 0
  private givingUp: NodeJS.Timeout | undefined
  private isSettled = false

  constructor(send: Sql['unsafe'], deadlines: Deadlines | undefined) {
    this.deadlines = deadlines
    this.loss.promise.catch(() => {})
    this.send = ((text, parameters, options) => {
      const query = send(text, parameters, options) as unknown as Query
      const handle = (query: Query) => this.failure ? query.reject(this.failure) : this.execute(query)
      query.handler = handle
      return query
    }) as typeof send
  }

  /** Sends BEGIN on the next free connection of the pool, and reserves it. */
  begin(client: Sql, open?: Set<object>): void {
    const onexecute = (connection: Connection) => {
      this.connection = connection
      connection.reserved = () => {
        this.isBusy = false
        this.executeWaiting()
      }
      connection.onclose = (error) => {
        this.connection = undefined
        this.fail(error)
      }
      this.executeWaiting()
      return false
    }
    const begin = this.deadlines?.begin ?? 'begin'
    const hold = () => void (this.isSettled || open?.add(this))
    client.unsafe(begin, [], { onexecute } as object).execute().then(hold, (error: Error) => this.fail(error))
  }

  /** Runs a transaction, or a part of one between a savepoint and its release. */
  async run(client: Sql, scope: Scope, commit: string, rollback: string): Promise<unknown> {
    const tx = Object.assign(Object.create(client) as TransactionSql, { unsafe: this.send })
    tx.savepoint = ((scope: Scope) => {
      const name = `s${++this.savepoints}`
      this.send(`savepoint ${name}`).execute().catch(() => {})
      return this.run(client, scope, `release savepoint ${name}`, `rollback to savepoint ${name}`)
    }) as typeof tx.savepoint
    let committing: Promise<void> | undefined
    const commitOnce = () => committing ??= this.commit(commit)
    commits.set(tx, commitOnce)
    try {
      const result = await Promise.race([scope(tx), this.loss.promise])
      await commitOnce()
      return result
    }
    catch (error) {
      // A failed COMMIT has rolled back.
      if (!committing || commit !== 'commit') await this.answerTo(this.send(rollback)).catch(() => {})
      throw error
    }
  }

  /** Ends a transaction at its deadline, as described in deadlines.ts. */
  expire(): void {
    if (this.commitQuery?.state) {
      this.givingUp = setTimeout(() => this.fail(timeoutError()), giveUpTime(this.deadlines!.timeout))
      return
    }
    this.fail(timeoutError())
    const running = this.deadlines!.canCancel ? this.sent.find(({ active }) => active) : undefined
    const rollback = this.send('rollback') as unknown as Query
    rollback.handler = rollback => this.execute(rollback)
    // The connection is reserved until ROLLBACK is answered, so that nothing else can be cancelled on it.
    const rollBack = () => rollback.execute().catch(() => {})
    void (running ? running.canceller(running).catch(() => {}) : Promise.resolve()).then(rollBack)
  }

  /** Stops waiting for an outcome that is known. */
  settle(): void {
    this.isSettled = true
    clearTimeout(this.givingUp)
  }

  private async commit(command: string): Promise<void> {
    const query = this.send(command)
    if (command === 'commit') this.commitQuery = query as unknown as Query
    const result = await this.answerTo(query)
    // The server answers COMMIT with ROLLBACK if a statement has failed.
    if (result.command === 'ROLLBACK') throw new Error('The transaction was rolled back.')
  }

  private answerTo(query: ReturnType<Sql['unsafe']>) {
    return Promise.race([query.execute(), this.loss.promise])
  }

  private execute(query: Query): void {
    if (!this.connection || this.isBusy) {
      this.waiting.push(query)
      return
    }
    this.sent.push(query)
    this.isBusy = !this.connection.execute(query)
  }

  private executeWaiting(): void {
    while (this.waiting.length > 0 && !this.isBusy) this.execute(this.waiting.shift()!)
  }

  /** Rejects the queries that cannot be sent any more, and those that will be created. */
  private fail(error: Error): void {
    this.failure ??= error
    this.loss.reject(error)
    for (const query of this.waiting.splice(0)) query.reject(error)
  }
}
