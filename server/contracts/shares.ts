import { z } from 'zod'
import { changesOf } from './bodies.ts'
import { defineContract } from './contract.ts'
import { Emails, Id, Instant, text, Time } from './fields.ts'

/** A password of a share. */
export const SharePassword = text(1, 128)

const Share = z.object({
  id: Id,
  chat_conversation_id: Id,
  uuid: z.uuid(),
  share_uuid: z.uuid(),
  is_shared: z.boolean(),
  is_protected: z.boolean(),
  has_whitelist: z.boolean(),
  expires_at: Time.nullable(),
  url: z.url(),
  created_at: Time,
  updated_at: Time,
}).meta({ id: 'Share' })

const WhitelistEntry = z.object({
  id: Id,
  chat_conversation_share_id: Id,
  whitelisted_neptun_user_id: Id,
  email: z.string(),
  created_at: Time,
  updated_at: Time,
}).meta({ id: 'WhitelistEntry' })

const WhitelistEntries = z.object({ shareWhitelistEntries: z.array(WhitelistEntry) })

export const getShareOfChat = defineContract('GET /api/users/{user_id}/chats/{chat_id}/shares', {
  summary: 'Read the share of a chat; null if it has none',
  response: z.object({ uuid: z.uuid(), share: Share }).nullable(),
  errors: { 404: ['Chat not found'] },
})

export const createShare = defineContract('POST /api/users/{user_id}/chats/{chat_id}/shares', {
  summary: 'Share a chat by a link: open, behind a password, for a whitelist, or both',
  description: 'A chat has one share. A `password` protects it; `emails` put a whitelist on it, those that nobody has passed over.',
  body: z.object({
    is_shared: z.boolean().default(true),
    is_protected: z.boolean().optional(),
    password: SharePassword.optional(),
    expires_at: Instant.nullable().default(null),
    emails: Emails.optional(),
  }).refine(({ is_protected, password }) => !is_protected || password !== undefined, {
    path: ['password'],
    message: 'Is required where is_protected is true',
  }),
  response: z.object({ share: Share }),
  errors: { 404: ['Chat not found'], 409: ['This chat has a share already.'] },
})

export const getShare = defineContract('GET /api/users/{user_id}/chats/{chat_id}/shares/{share_id}', {
  summary: 'Read a share',
  response: z.object({ share: Share }),
  errors: { 404: ['Chat not found', 'Share not found'] },
})

export const changeShare = defineContract('PATCH /api/users/{user_id}/chats/{chat_id}/shares/{share_id}', {
  summary: 'Switch a share on or off, or change its password, expiry or whitelist; null and false remove them',
  body: changesOf({
    is_shared: z.boolean(),
    password: SharePassword.nullable(),
    expires_at: Instant.nullable(),
    has_whitelist: z.literal(false),
  }),
  response: z.object({ share: Share }),
  errors: { 404: ['Chat not found', 'Share not found'] },
})

export const deleteShare = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}/shares/{share_id}', {
  summary: 'Delete a share: its link is dead at once',
  response: z.literal(true),
  errors: { 404: ['Chat not found', 'Share not found'] },
})

export const listWhitelistEntries = defineContract('GET /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries', {
  summary: 'List who is on the whitelist of a share',
  response: WhitelistEntries,
  errors: { 404: ['Chat not found', 'Share not found'] },
})

export const addWhitelistEntries = defineContract('POST /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries', {
  summary: 'Put people on the whitelist of a share; unknown e-mail addresses are passed over',
  description: 'Answers with the whole list. The first call puts the whitelist on the share, even if nobody has any of the addresses; the owner is let in always.',
  body: z.object({ emails: Emails }),
  response: WhitelistEntries,
  errors: { 404: ['Chat not found', 'Share not found'] },
})

export const deleteWhitelistEntry = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries/{entry_id}', {
  summary: 'Take somebody off the whitelist of a share',
  response: z.literal(true),
  errors: { 404: ['Chat not found', 'Share not found', 'Whitelist entry not found'] },
})
