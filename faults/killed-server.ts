import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { cookieOf, json, send } from '../attack/send.ts'
import { signUp } from '../attack/users.ts'
import { defer } from '../bench/cleanup.ts'
import { startServer, testEnvironment, type RunningServer } from '../tests/support/server.ts'
import { createEnvironment, isRunning } from './environment.ts'
import type { Fault } from './fault.ts'

const times = { short: 3, long: 100 }
/** Messages of a batch. The first one has a file. */
const batchSize = 3
/** Batches that are sent to a chat, in each of so many lanes at the same time. */
const lanes = 4

const fileOf = (batch: string) => `The file of ${batch}, and what makes it longer: ${'x'.repeat(5000)}`

interface Message { content: string, files: { url: string }[] }

/** The server is killed in the middle of batches, uploads and deletions, on a PostgreSQL server. */
export const killedServer: Fault = {
  title: 'the server is killed while it writes to PostgreSQL',
  async run(extent) {
    const { start } = await createEnvironment()
    return killRepeatedly(start, times[extent])
  },
}

/** The same with the embedded database, which is killed together with the server. */
export const killedEmbedded: Fault = {
  title: 'the server is killed while it writes to the embedded database',
  isEmbedded: true,
  async run(extent) {
    const folder = await mkdtemp(join(tmpdir(), 'neptun-killed-'))
    defer(() => rm(folder, { recursive: true, force: true }))
    return killRepeatedly(async () => {
      const server = await startServer({ ...testEnvironment, NUXT_DATA_DIR: join(folder, 'data') })
      defer(() => isRunning(server) && server.stop('SIGKILL'))
      return server
    }, times[extent])
  },
}

async function killRepeatedly(start: () => Promise<RunningServer>, kills: number) {
  let server = await start()
  const user = await signUp(server.url)
  const home = `/api/users/${user.id}/chats`
  const request = (method: string, path: string, value?: unknown) => {
    const { headers, body } = json(value)
    return send(server.url, { method, path, body, headers: { ...cookieOf(user.session), ...headers } })
  }
  const totals = { kills, batches: 0, acknowledged: 0, unacknowledged: 0, deletions: 0 }
  const problems: string[] = []
  /** A chat that is deleted while the server is killed, and how many messages it has. */
  let victim: { path: string, messages: number } | undefined

  for (let kill = 1; kill <= kills; kill++) {
    const { chat } = (await request('POST', home, { name: `Round ${kill}`, model: 'google/gemma-2-27b-it' })).body as
      { chat: { id: number } }
    const path = `${home}/${chat.id}`
    const acknowledged = new Set<string>()
    const sent = new Set<string>()
    let isKilled = false

    const append = async (lane: number) => {
      for (let i = 0; !isKilled; i++) {
        const batch = `${kill}.${lane}.${i}`
        sent.add(batch)
        const messages = Array.from({ length: batchSize }, (_, k) => ({
          message: `${batch}.${k}`,
          actor: k % 2 ? 'assistant' : 'user',
          files: k === 0 ? [{ title: 'a.txt', text: fileOf(batch) }] : [],
        }))
        const { status } = await request('POST', `${path}/messages`, { messages }).catch(() => ({ status: undefined }))
        if (status === 201) acknowledged.add(batch)
      }
    }
    const appending = Promise.all(Array.from({ length: lanes }, (_, lane) => append(lane)))
    await setTimeout(50 + Math.random() * 300)
    const deleted = victim && request('DELETE', victim.path).then(({ status }) => status === 200, () => undefined)
    await setTimeout(Math.random() * 10)
    isKilled = true
    await server.stop('SIGKILL')
    await appending
    const isDeleted = await deleted

    server = await start()
    const stored = (await request('GET', `${path}/messages`)).body as { chatMessages: Message[] }
    problems.push(...await compare(server.url, stored.chatMessages, acknowledged, sent))
    if (victim) {
      const { status, body } = await request('GET', `${victim.path}/messages`)
      const count = status === 404 ? 0 : (body as { chatMessages: Message[] }).chatMessages.length
      if (isDeleted && status !== 404) problems.push('a deletion that was acknowledged is lost')
      if (count !== 0 && count !== victim.messages)
        problems.push(`a chat was deleted in part: ${count} messages are left`)
      totals.deletions++
    }
    victim = { path, messages: stored.chatMessages.length }
    totals.batches += stored.chatMessages.length / batchSize
    totals.acknowledged += acknowledged.size
    totals.unacknowledged += sent.size - acknowledged.size
  }
  await server.stop('SIGINT')
  return {
    figures: {
      'kills': totals.kills,
      'batches acknowledged, all stored': totals.acknowledged,
      'batches not acknowledged': totals.unacknowledged,
      'of these stored, as a whole': totals.batches - totals.acknowledged,
      'chats deleted meanwhile': totals.deletions,
    },
    problems,
  }
}

/** Says what is wrong with the messages that are stored. */
async function compare(url: string, stored: Message[], acknowledged: Set<string>, sent: Set<string>) {
  const problems: string[] = []
  const batches = Map.groupBy(stored, ({ content }) => content.split('.').slice(0, 3).join('.'))
  for (const batch of acknowledged) if (!batches.has(batch)) problems.push(`the acknowledged batch ${batch} is lost`)
  for (const [batch, messages] of batches) {
    const first = stored.indexOf(messages[0]!)
    const isWhole = messages.length === batchSize
      && messages.every(({ content }, k) => content === `${batch}.${k}` && stored[first + k] === messages[k])
    if (!isWhole || !sent.has(batch)) problems.push(`the batch ${batch} is stored in part, twice or out of order`)
    const [file] = messages[0]!.files
    const { pathname, search } = new URL(file?.url ?? url)
    const { text } = await send(url, { method: 'GET', path: pathname + search })
    if (text !== fileOf(batch)) problems.push(`the file of the batch ${batch} is damaged`)
  }
  return problems
}
