import { openDatabase, type BenchDatabase } from '../database.ts'
import type { EndpointName } from '../endpoints.ts'
import { readUsers } from '../fixture.ts'
import { describeConditions, describeMachine } from '../machine.ts'
import type { Options } from '../options.ts'
import { progress } from '../progress.ts'
import { compareSites } from '../scale/ordinary-users.ts'
import { measurePages } from '../scale/pages.ts'
import { giant, measuredUsers, scaleSeed } from '../scale/seed.ts'
import { measureWholeChat } from '../scale/whole-chat.ts'
import { smallSeed, smallUsers } from '../seed.ts'
import { startApi } from '../setup.ts'

/** Measures how answers depend on the amount of data that a database and a user have. Returns a report. */
export async function measureScale(names: readonly EndpointName[], options: Options): Promise<string> {
  const { server, keep, rounds, seconds } = options
  const small = await openDatabase({ server, name: 'neptun_bench', seed: smallSeed, keep })
  const large = await openDatabase({ server, name: 'neptun_bench_scale', seed: scaleSeed, keep })
  const description = await describe(large)
  const usersOfSmall = await readUsers(small.sql, smallUsers)
  const [owner, ...users] = await readUsers(large.sql, [giant.id, ...measuredUsers])
  const api = await startApi(large.url)

  progress('Ordinary users, on a small and a large database')
  const comparison = await compareSites({
    small: { server: await startApi(small.url), database: small, users: usersOfSmall },
    large: { server: api, database: large, users },
  }, names, { rounds, seconds })
  progress(`Pages of ${giant.chats} chats`)
  const pages = await measurePages(api.url, { giant: owner!, users }, { rounds, seconds })
  await api.stop()
  progress(`A chat with ${giant.messages} messages`)
  const wholeChat = await measureWholeChat(large, { owner: owner!, chat: giant.chat, users }, seconds)

  return `${await describeMachine(large.sql)}
${describeConditions({ rounds, seconds })}
${description}

### Ordinary users

They have as much as those of the small database above. A ratio above 1 means that the large database is slower. The aim
is at most 1.3.

${comparison}

### Pages of ${giant.chats.toLocaleString('en-US')} chats

Requests per second for 50 chats in each order, and how much slower they are than for a user with 50 chats. The aim is
at most 2.

${pages}

### A chat with ${giant.messages.toLocaleString('en-US')} messages

The whole chat is read at once, by readers in different numbers. *More memory* is that of the server at its peak, beyond
that before. Meanwhile, other users send 100 light requests per second. The aim is less than 64 MiB, a ratio of at most
3, no failed request, and no connection to the database that is held by readers that stall.

${wholeChat}
`
}

/** How much the large database contains, and how long that took. */
async function describe({ sql, seconds }: BenchDatabase): Promise<string> {
  const [row] = await sql<[Record<'size' | 'users' | 'chats' | 'messages', string>]>`
    select pg_database_size(current_database()) as size, (select count(*) from users) as users,
      (select count(*) from chats) as chats, (select count(*) from messages) as messages`
  const count = (key: keyof typeof row) => Number(row[key]).toLocaleString('en-US')
  const duration = seconds === undefined ? 'kept from an earlier run' : `filled in ${Math.round(seconds)} s`
  return `- Content: ${count('users')} users, ${count('chats')} chats, ${count('messages')} messages
- Size: ${(Number(row.size) / 2 ** 30).toFixed(1)} GiB, ${duration}`
}
