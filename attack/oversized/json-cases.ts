import { maxLength } from '#db/rules'
import {
  defaultMaxBodyBytes, defaultMaxFileBytes, maxCredentialsBytes, maxFilesPerRequest, maxJsonDepth,
  maxMessagesPerRequest,
} from '#server/contracts/kit/limits'
import { jsonRequest, type Case, type Target } from './case.ts'

const list = (count: number, item: (i: number) => unknown) => Array.from({ length: count }, (_, i) => item(i))
const file = { title: 'a', text: '' }
const message = (files: unknown[] = []) => ({ actor: 'user', message: 'x', files })

const post = (kind: string, title: string, path: (target: Target) => string, body: () => string | Buffer): Case =>
  ({ kind, title, request: target => jsonRequest(target, 'POST', path(target), body()) })

const messages = ({ chat }: Target) => `${chat}/messages`
const files = ({ chat, ids }: Target) => `${chat}/files/${ids.message_id}`
const whitelist = ({ chat, ids }: Target) => `${chat}/shares/${ids.share_id}/whitelist-entries`
const projects = ({ home }: Target) => `${home}/projects`
const login = () => '/api/auth/login'

/** A body of exactly so many bytes. */
const ofLength = (length: number) => `{"message":"${'x'.repeat(length - '{"message":""}'.length)}"}`

const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth)

const chunksOf = function* (count: number) {
  for (let i = 0; i < count; i++) yield 'x'.repeat(65_536)
}

const bodies: Case[] = [
  ...[defaultMaxBodyBytes, defaultMaxBodyBytes + 1].map(length =>
    post('bodies over a limit', `${length} bytes`, messages, () => ofLength(length))),
  ...[maxCredentialsBytes, maxCredentialsBytes + 1, defaultMaxBodyBytes].map(length =>
    post('bodies over a limit', `${length} bytes at login`, login, () => ofLength(length))),
  post('bodies over a limit', 'a file of one byte more', files, () =>
    JSON.stringify({ title: 'a', text: 'x'.repeat(defaultMaxFileBytes + 1) })),
  {
    kind: 'bodies over a limit',
    title: '64 MiB in chunks',
    request: target => ({
      ...jsonRequest(target, 'POST', messages(target), ''), body: undefined, chunks: chunksOf(1024),
    }),
  },
  {
    kind: 'bodies over a limit',
    title: 'a declared length of 1 PB',
    request: target => jsonRequest(target, 'POST', messages(target), 'x', { 'content-length': '1000000000000000' }),
  },
]

const depths: Case[] = [maxJsonDepth, maxJsonDepth + 1, 10_000, 1_000_000].flatMap(depth => [
  post('deep JSON', `${depth} arrays`, messages, () => nested('[', ']', depth)),
  post('deep JSON', `${depth} objects`, projects, () => `${nested('{"":', '}', depth).replace(':}', ':0}')}`),
  post('deep JSON', `${depth} open arrays`, login, () => '['.repeat(Math.min(depth, maxCredentialsBytes))),
])

const many = 100_000
const longLists: Case[] = [
  ...[null, {}, 0, [], 'x'].map(item => post('long arrays', `${many} messages ${JSON.stringify(item)}`, messages, () =>
    JSON.stringify({ messages: list(many, () => item) }))),
  post('long arrays', `${many} files`, files, () => JSON.stringify({ files: list(many, () => file) })),
  post('long arrays', `${many} addresses`, whitelist, () =>
    JSON.stringify({ emails: list(many, i => `user-${i}@example.com`) })),
  ...['', '/projects'].map((part): Case => ({
    kind: 'long arrays',
    title: `${many} ids`,
    request: (target) => {
      const path = `${target.home}${part && `${part}/${target.ids.project_id}`}/chats`
      return jsonRequest(target, 'DELETE', path, JSON.stringify({ chat_ids: list(many, i => i + 1e9) }))
    },
  })),
  post('long arrays', `${many} unknown fields`, projects, () =>
    JSON.stringify(Object.fromEntries(list(many, i => [`field ${i}`, i]) as [string, number][]))),
  post('long arrays', `${many} times the same field`, projects, () => `{${'"name":"x",'.repeat(many)}"name":"x"}`),
]

const largest: Case[] = [
  post('many messages and files', `${maxMessagesPerRequest} messages with 100 files each`, messages, () =>
    JSON.stringify({ messages: list(maxMessagesPerRequest, () => message(list(100, () => file))) })),
  post('many messages and files', `${maxMessagesPerRequest + 1} messages`, messages, () =>
    JSON.stringify({ messages: list(maxMessagesPerRequest + 1, () => message()) })),
  post('many messages and files', `${maxMessagesPerRequest} messages`, messages, () =>
    JSON.stringify({ messages: list(maxMessagesPerRequest, i => message(i < maxFilesPerRequest ? [file] : [])) })),
  post('many messages and files', `${maxFilesPerRequest} files of 40 kB`, files, () =>
    JSON.stringify({ files: list(maxFilesPerRequest, () => ({ ...file, text: 'x'.repeat(40_000) })) })),
]

const texts: Case[] = [
  post('huge values', 'a message of as many characters as possible', messages, () =>
    JSON.stringify({ ...message(), message: '🪐'.repeat(maxLength.message) })),
  post('huge values', 'a message with one more', messages, () =>
    JSON.stringify({ ...message(), message: '🪐'.repeat(maxLength.message + 1) })),
  post('huge values', 'escapes', messages, () => `{"actor":"user","message":"${'\\u0041'.repeat(700_000)}"}`),
  post('huge values', 'NUL', messages, () => `{"actor":"user","message":"${'\\u0000'.repeat(700_000)}"}`),
  post('huge values', 'white space', messages, () => ' '.repeat(defaultMaxBodyBytes)),
  post('huge values', 'a number of 4 MB', projects, () => `{"name":${'9'.repeat(4_000_000)}}`),
  post('huge values', 'a field name of 4 MB', projects, () => `{"${'x'.repeat(4_000_000)}":0}`),
  post('huge values', 'not UTF-8', messages, () => Buffer.alloc(4_000_000, 0xff)),
  post('huge values', 'a name of 4 MB', projects, () => JSON.stringify({ name: 'x'.repeat(4_000_000) })),
  post('huge values', '1,000 addresses that are hard to parse', whitelist, () =>
    JSON.stringify({ emails: list(1000, i => `${'a.'.repeat(60)}${i}@${'a-'.repeat(60)}`) })),
  post('huge values', 'an address of 4 MB', whitelist, () => JSON.stringify({ emails: [`${'a.'.repeat(2e6)}@b.cc`] })),
  post('huge values', 'a title of 4 MB of dots', files, () => JSON.stringify({ title: '.'.repeat(4e6), text: '' })),
  post('huge values', 'a password of 16 kB', login, () =>
    JSON.stringify({ email: 'a@b.cc', password: 'x'.repeat(maxCredentialsBytes - 40) })),
]

/** JSON bodies that are too large, or as large as possible. */
export const jsonCases: Case[] = [...bodies, ...depths, ...longLists, ...largest, ...texts]
