import { setTimeout } from 'node:timers/promises'
import type { Sql } from 'postgres'
import type { BenchDatabase } from '../database.ts'
import { requestOf, type BenchRequest } from '../endpoints.ts'
import type { BenchUser } from '../fixture.ts'
import type { RunningServer } from '../process.ts'
import { progress } from '../progress.ts'
import { number, ratio, table } from '../report.ts'
import { startApi } from '../setup.ts'
import { median } from '../statistics.ts'
import { memoryOf, watchMemory } from '../usage.ts'
import { downloadInThread, type Download } from './download-thread.ts'
import { sendMeanwhile } from './other-requests.ts'
import { startStalledReaders } from './stalled-readers.ts'

/** What is read, and how it is observed. */
interface Subject {
  databaseUrl: string
  sql: Sql
  /** The request for the whole chat. */
  whole: BenchRequest
  /** Light requests of other users. */
  others: BenchRequest[]
  /** How long the other requests are sent, at least. */
  seconds: number
}

/** The number of downloads at once, and of readers that stall. */
const many = 20

/** Reads a chat with very many messages: once, many times at once, and by readers that stall. Returns a table. */
export async function measureWholeChat(
  { url: databaseUrl, sql }: BenchDatabase,
  { owner, chat, users }: { owner: BenchUser, chat: number, users: readonly BenchUser[] },
  seconds: number,
): Promise<string> {
  const subject = {
    databaseUrl,
    sql,
    whole: requestOf(owner, `/chats/${chat}/messages`),
    others: users.flatMap(user => user.chats.map(id => requestOf(user, `/chats/${id}`))),
    seconds,
  }
  return table(
    [
      'Readers', 'answers', 'MiB', 'first byte, ms', 'all, s', 'more memory, MiB', 'others: p99 idle, ms', 'meanwhile',
      'ratio', 'failed', 'connections held',
    ],
    [
      await measure(subject, 'one', server => readRepeatedly(server, subject, 1)),
      await measure(subject, `${many} at once`, server => readRepeatedly(server, subject, many)),
      await measure(subject, `${many} that stall`, server => stall(server, subject)),
    ],
  )
}

/** What became of the readers: the cells for their answers, and the number of connections that they hold. */
interface Reading {
  cells: string[]
  connections?: string
}

/** Starts a server, and measures its memory and the other requests without and with the readers. Returns a row. */
async function measure(
  { databaseUrl, others, seconds }: Subject,
  title: string,
  read: (server: RunningServer) => Promise<Reading>,
): Promise<string[]> {
  progress(`  ${title}`)
  const server = await startApi(databaseUrl)
  await sendMeanwhile(server.url, others, setTimeout(1000))
  const idle = await sendMeanwhile(server.url, others, setTimeout(seconds * 1000))
  const before = memoryOf(server.pid)
  const memory = watchMemory(server.pid)
  const reading = read(server)
  const meanwhile = await sendMeanwhile(server.url, others, reading)
  const peak = memory()
  const { cells, connections = '' } = await reading
  const extra = peak === undefined || before === undefined ? undefined : (peak - before) / 2 ** 20
  const row = [
    title, ...cells, number(extra), number(idle.p99), number(meanwhile.p99), ratio(meanwhile.p99, idle.p99),
    server.isRunning() ? String(meanwhile.failures) : 'the server died', connections,
  ]
  await server.stop()
  return row
}

/** Downloads the chat repeatedly until the time is up. */
async function readRepeatedly({ url }: RunningServer, { whole, seconds }: Subject, times: number): Promise<Reading> {
  const start = performance.now()
  const downloads: Download[] = []
  const durations: number[] = []
  do {
    const batch = await downloadInThread({ url, request: whole, times })
    downloads.push(...batch)
    durations.push(Math.max(...batch.map(({ total }) => total)))
  } while (performance.now() - start < seconds * 1000)
  const of = (key: 'bytes' | 'firstByte') => median(downloads.map(download => download[key]))!
  const values = [of('bytes') / 2 ** 20, of('firstByte'), median(durations)! / 1000]
  return { cells: [describeAnswers(downloads), ...values.map(number)] }
}

/** For example `3 × 200, 1 × 503`. */
function describeAnswers(downloads: Download[]): string {
  const kinds = Map.groupBy(downloads, ({ status, isComplete }) =>
    `${status ?? 'no answer'}${isComplete ? '' : ' (incomplete)'}`)
  return [...kinds].map(([kind, { length }]) => `${length} × ${kind}`).join(', ')
}

/** Lets readers stall until the time is up, and counts the connections to the database that are in use by then. */
async function stall({ url }: RunningServer, { sql, whole, seconds }: Subject): Promise<Reading> {
  const disconnect = await startStalledReaders(url, whole, many)
  await setTimeout(seconds * 1000)
  // The light requests use connections too, but never for that long.
  const [held] = await sql<[{ count: string }]>`
    select count(*) from pg_stat_activity
    where datname = current_database() and application_name = 'neptun-api' and state <> 'idle'
      and state_change < now() - interval '1 second'`
  disconnect()
  return { cells: ['', '', '', ''], connections: held.count }
}
