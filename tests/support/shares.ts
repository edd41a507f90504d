import { expect } from 'vitest'
import type { Schemas } from '#client/index'
import { expectError } from './expect.ts'
import { appendMessages, createChat, createShare, signedInUser } from './factories.ts'
import type { ApiResponse } from './http.ts'

type ShareInfo = Schemas['ShareInfo']

/** The `shareInfo` of a share that does not exist. */
export const missingShareInfo: ShareInfo = {
  shareExists: false,
  shareIsActive: false,
  shareIsPrivate: false,
  shareHasPassword: false,
  shareHasWhitelist: false,
}

/** The `shareInfo` of a share that is disabled or has expired. */
export const inactiveShareInfo: ShareInfo = { ...missingShareInfo, shareExists: true }

/** The `shareInfo` of an active share with this protection. */
export const activeShareInfo = (...guards: ('password' | 'whitelist')[]): ShareInfo => ({
  shareExists: true,
  shareIsActive: true,
  shareIsPrivate: guards.length > 0,
  shareHasPassword: guards.includes('password'),
  shareHasWhitelist: guards.includes('whitelist'),
})

/** Creates a user and a chat with one message, and shares it. */
export async function createSharedChat(fields: object = {}) {
  const owner = await signedInUser()
  const chat = await createChat(owner, { name: 'Shared', model: 'google/gemma-2-27b-it' })
  await appendMessages(owner, chat, 'Hello world')
  const { id, uuid } = await createShare(owner, chat, fields)
  const whitelist = (...emails: string[]) =>
    owner.post(`/api/users/${owner.id}/chats/${chat.id}/shares/${id}/whitelist-entries`, { emails })
  return { owner, chat, id, uuid, whitelist }
}

const refusals = {
  401: ['Unauthorized (incorrect credentials)', 'You are not authorized to view this chat.'],
  403: ['Forbidden (not on whitelist)', 'You are not on the whitelist.'],
  404: ['Not Found (share not found)', 'The share does not exist.'],
} as const

/** Asserts that a share refuses access. */
export function expectShareRefusal(response: ApiResponse, status: keyof typeof refusals, shareInfo: ShareInfo): void {
  const [statusMessage, message] = refusals[status]
  expectError(response, status, message, { statusMessage, data: { shareInfo } })
  expectShareHeaders(response)
}

/** Asserts the headers of every response about a share, which keep it out of caches and search engines. */
export function expectShareHeaders({ headers }: ApiResponse): void {
  expect(headers.get('x-robots-tag')).toBe('noindex, nofollow, noarchive')
  expect(headers.get('vary')).toBe('Cookie, Authorization')
  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(headers.has('www-authenticate')).toBe(false)
}
