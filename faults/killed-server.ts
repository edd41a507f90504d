import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { cookieOf, json, send, type AttackRequest } from '../attack/send.ts'
import { signUp } from '../attack/users.ts'
import { defer } from '../bench/cleanup.ts'
import type { ApiResponse } from '../tests/support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../tests/support/server.ts'
import { createEnvironment, isRunning } from './environment.ts'
import type { Fault } from './fault.ts'

const times = { short: 3, long: 100 }
/** Messages of a batch. The first one has a file. */
const batchSize = 3
/** Batches that are sent to a chat at the same time, while files are uploaded to it. */
const lanes = 4
/** Files of an upload. */
const uploadSize = 2

const fileOf = (batch: string) => `The file of ${batch}, and what makes it longer: ${'x'.repeat(5000)}`
/** Because of the NUL, it is not text. */
const uploadedFile = (name: string) => `\0${name}`.repeat(10_000)

interface File { name: string, url: string }
interface Message { id: number, content: string, files: File[] }

/** The names of what was sent during a round, and of that which was acknowledged. */
interface Sent { all: Set<string>, acknowledged: Set<string> }

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
  const request = (method: string, path: string, content: Pick<AttackRequest, 'headers' | 'body'> = {}) => send(
    server.url,
    { method, path, body: content.body, headers: { ...cookieOf(user.session), ...content.headers } },
  )
  const totals = {
    kills,
    batches: { sent: 0, acknowledged: 0, stored: 0 },
    uploads: { sent: 0, acknowledged: 0, stored: 0 },
    deletions: 0,
  }
  const count = (total: { sent: number, acknowledged: number, stored: number }, sent: Sent, stored: number) => {
    total.sent += sent.all.size
    total.acknowledged += sent.acknowledged.size
    total.stored += stored
  }
  const problems: string[] = []
  /** A chat that is deleted while the server is killed, and how many messages it has. */
  let victim: { path: string, messages: number } | undefined

  for (let kill = 1; kill <= kills; kill++) {
    const newChat = { name: `Round ${kill}`, model: 'google/gemma-2-27b-it' }
    const { chat } = (await request('POST', home, json(newChat))).body as { chat: { id: number } }
    const path = `${home}/${chat.id}`
    const first = { message: 'Files follow.', actor: 'user' }
    const { chatMessage } = (await request('POST', `${path}/messages`, json(first))).body as { chatMessage: Message }
    const batches: Sent = { all: new Set(), acknowledged: new Set() }
    const uploads: Sent = { all: new Set(), acknowledged: new Set() }
    let isKilled = false

    const repeat = async ({ all, acknowledged }: Sent, lane: number, post: (name: string) => Promise<ApiResponse>) => {
      for (let i = 0; !isKilled; i++) {
        const name = `${kill}.${lane}.${i}`
        all.add(name)
        const { status } = await post(name).catch(() => ({ status: undefined }))
        if (status === 201) acknowledged.add(name)
        else await setTimeout(10)
      }
    }
    const working = Promise.all([
      ...Array.from({ length: lanes }, (_, lane) =>
        repeat(batches, lane, batch => request('POST', `${path}/messages`, json(messagesOf(batch))))),
      repeat(uploads, lanes, async upload =>
        request('POST', `${path}/files/${chatMessage.id}`, await formOf(upload))),
    ])
    await setTimeout(50 + Math.random() * 300)
    const deleted = victim && request('DELETE', victim.path).then(({ status }) => status === 200, () => undefined)
    await setTimeout(Math.random() * 10)
    isKilled = true
    await server.stop('SIGKILL')
    await working
    const isDeleted = await deleted

    server = await start()
    const { chatMessages } = (await request('GET', `${path}/messages`)).body as { chatMessages: Message[] }
    const [{ files }, ...stored] = chatMessages as [Message, ...Message[]]
    problems.push(
      ...await compareBatches(server.url, stored, batches),
      ...await compareUploads(server.url, files, uploads),
    )
    if (victim) {
      const { status, body } = await request('GET', `${victim.path}/messages`)
      const left = status === 404 ? 0 : (body as { chatMessages: Message[] }).chatMessages.length
      if (isDeleted && status !== 404) problems.push('a deletion that was acknowledged is lost')
      if (left !== 0 && left !== victim.messages)
        problems.push(`a chat was deleted in part: ${left} messages are left`)
      totals.deletions++
    }
    victim = { path, messages: chatMessages.length }
    count(totals.batches, batches, stored.length / batchSize)
    count(totals.uploads, uploads, files.length / uploadSize)
  }
  await server.stop('SIGINT')
  const { batches, uploads } = totals
  return {
    figures: {
      'kills': totals.kills,
      'batches acknowledged, all stored': batches.acknowledged,
      'batches not acknowledged': batches.sent - batches.acknowledged,
      'of these stored, as a whole': batches.stored - batches.acknowledged,
      'uploads acknowledged, all stored': uploads.acknowledged,
      'uploads not acknowledged': uploads.sent - uploads.acknowledged,
      'of these stored, both files': uploads.stored - uploads.acknowledged,
      'chats deleted meanwhile': totals.deletions,
    },
    problems,
  }
}

const messagesOf = (batch: string) => ({
  messages: Array.from({ length: batchSize }, (_, k) => ({
    message: `${batch}.${k}`,
    actor: k % 2 ? 'assistant' : 'user',
    files: k === 0 ? [{ title: 'a.txt', text: fileOf(batch) }] : [],
  })),
})

/** The form that uploads the files of an upload. */
async function formOf(upload: string): Promise<Pick<AttackRequest, 'headers' | 'body'>> {
  const form = new FormData()
  for (let k = 0; k < uploadSize; k++) {
    const name = `${upload}.${k}`
    form.append('files', new Blob([uploadedFile(name)]), name)
  }
  const encoded = new Response(form)
  const body = Buffer.from(await encoded.arrayBuffer())
  return { headers: { 'content-type': encoded.headers.get('content-type')! }, body }
}

/** What a name stands for without the number of its part. */
const wholeOf = (part: string) => part.split('.').slice(0, 3).join('.')

async function contentOf(server: string, { url }: File): Promise<string> {
  const { pathname, search } = new URL(url)
  return (await send(server, { method: 'GET', path: pathname + search })).text
}

/** Says what is wrong with the batches that are stored. */
async function compareBatches(server: string, stored: Message[], { all, acknowledged }: Sent): Promise<string[]> {
  const problems: string[] = []
  const batches = Map.groupBy(stored, ({ content }) => wholeOf(content))
  for (const batch of acknowledged) if (!batches.has(batch)) problems.push(`the acknowledged batch ${batch} is lost`)
  for (const [batch, messages] of batches) {
    const first = stored.indexOf(messages[0]!)
    const isWhole = messages.length === batchSize
      && messages.every(({ content }, k) => content === `${batch}.${k}` && stored[first + k] === messages[k])
    if (!isWhole || !all.has(batch)) problems.push(`the batch ${batch} is stored in part, twice or out of order`)
    const [file] = messages[0]!.files
    if (!file || await contentOf(server, file) !== fileOf(batch))
      problems.push(`the file of the batch ${batch} is damaged`)
  }
  return problems
}

/** Says what is wrong with the uploaded files that are stored. */
async function compareUploads(server: string, stored: File[], { all, acknowledged }: Sent): Promise<string[]> {
  const problems: string[] = []
  const uploads = Map.groupBy(stored, ({ name }) => wholeOf(name))
  for (const upload of acknowledged)
    if (!uploads.has(upload)) problems.push(`the acknowledged upload ${upload} is lost`)
  for (const [upload, files] of uploads) {
    const isWhole = files.length === uploadSize && files.every(({ name }, k) => name === `${upload}.${k}`)
    if (!isWhole || !all.has(upload)) problems.push(`the upload ${upload} is stored in part, twice or out of order`)
    for (const file of files)
      if (await contentOf(server, file) !== uploadedFile(file.name)) problems.push(`the file ${file.name} is damaged`)
  }
  return problems
}
