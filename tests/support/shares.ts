import { expect } from 'vitest'
import { expectError } from './expect.ts'
import type { Answer } from './http.ts'
import { chatOf, messagesIn, shareOf, signedInUser } from './world.ts'

interface Flags {
  shareExists: boolean
  shareIsActive: boolean
  shareIsPrivate: boolean
  shareHasPassword: boolean
  shareHasWhitelist: boolean
}

/** What is told of a share that there is not. */
export const missing: Flags = {
  shareExists: false,
  shareIsActive: false,
  shareIsPrivate: false,
  shareHasPassword: false,
  shareHasWhitelist: false,
}

/** What is told of a share that is switched off or expired. */
export const inactive: Flags = { ...missing, shareExists: true }

/** What is told of a share that is on, by what guards it. */
export const active = (...guards: ('password' | 'whitelist')[]): Flags => ({
  shareExists: true,
  shareIsActive: true,
  shareIsPrivate: guards.length > 0,
  shareHasPassword: guards.includes('password'),
  shareHasWhitelist: guards.includes('whitelist'),
})

/** A chat of somebody new, in which something was said, and its share. */
export async function sharedChat(fields: object = {}) {
  const owner = await signedInUser()
  const chat = await chatOf(owner, { name: 'Shared', model: 'google/gemma-2-27b-it' })
  await messagesIn(owner, chat, 'Hello world')
  const share: { id: number, uuid: string } = await shareOf(owner, chat, fields)
  const whitelist = (...emails: string[]) =>
    owner.post(`/api/users/${owner.id}/chats/${chat.id}/shares/${share.id}/whitelist-entries`, { emails })
  return { owner, chat, ...share, whitelist }
}

const refusals = {
  401: ['Unauthorized (incorrect credentials)', 'You are not authorized to view this chat.'],
  403: ['Forbidden (not on whitelist)', 'You are not on the whitelist.'],
  404: ['Not Found (share not found)', 'The share does not exist.'],
} as const

/** A refusal as the table of the shared chats words it. */
export function expectRefusal(answer: Answer, status: keyof typeof refusals, shareInfo: Flags): void {
  const [statusMessage, message] = refusals[status]
  expectError(answer, status, message, { statusMessage, data: { shareInfo } })
  expectUnindexed(answer)
}

/** What every answer about a share says to those who would keep it. */
export function expectUnindexed({ headers }: Answer): void {
  expect(headers.get('x-robots-tag')).toBe('noindex, nofollow, noarchive')
  expect(headers.get('vary')).toBe('Cookie, Authorization')
  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(headers.has('www-authenticate')).toBe(false)
}
