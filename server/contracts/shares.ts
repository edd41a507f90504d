import { z } from 'zod'
import { aliasedObject } from './kit/aliases.ts'
import { changesOf, listOrObject } from './kit/bodies.ts'
import { defineContract } from './kit/contract.ts'
import { Emails, Id, Instant, text, Time } from './kit/fields.ts'
import { sharePasswordLength } from './kit/limits.ts'

export const SharePassword = text(sharePasswordLength.min, sharePasswordLength.max)

const alias = 'Another name of `password`: the password itself, not a hash'
const HashedPassword = SharePassword.nullable().meta({ description: alias })
/** Clients whose user has typed no password send an empty one. */
const HashedPasswordIfAny = text(0, sharePasswordLength.max).nullable().transform(password => password || null)
  .meta({ description: `${alias}; none if empty` })

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

export const getChatShare = defineContract('GET /api/users/{user_id}/chats/{chat_id}/shares', {
  summary: 'Get the share of a chat',
  description: 'Returns null if the chat is not shared.',
  response: z.object({ uuid: z.uuid(), share: Share }).nullable(),
})

export const createShare = defineContract('POST /api/users/{user_id}/chats/{chat_id}/shares', {
  summary: 'Share a chat',
  description: 'A chat has one share. `password` protects it, whatever `is_protected` says. `emails` creates a '
    + 'whitelist; unknown addresses are ignored. If `is_protected` is true without either, the whitelist is empty, and '
    + 'the share admits only the owner.',
  body: aliasedObject({
    is_shared: z.boolean().default(true),
    is_protected: z.boolean().optional(),
    password: SharePassword.nullable().optional(),
    expires_at: Instant.nullable().default(null),
    emails: Emails.optional(),
  }, { password: { hashed_password: HashedPasswordIfAny } }),
  response: z.object({ share: Share }),
  errors: { 409: ['This chat already has a share.'] },
})

export const getShare = defineContract('GET /api/users/{user_id}/chats/{chat_id}/shares/{share_id}', {
  summary: 'Get a share',
  response: z.object({ share: Share }),
})

export const updateShare = defineContract('PATCH /api/users/{user_id}/chats/{chat_id}/shares/{share_id}', {
  summary: 'Update a share',
  description: 'Takes effect at the next request. A `password` or `expires_at` of null removes it, and a '
    + '`has_whitelist` of false removes the whitelist.',
  database: 'in-steps',
  body: changesOf({
    is_shared: z.boolean(),
    password: SharePassword.nullable(),
    expires_at: Instant.nullable(),
    has_whitelist: z.literal(false),
  }, { password: { hashed_password: HashedPassword } }),
  response: z.object({ share: Share }),
})

export const deleteShare = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}/shares/{share_id}', {
  summary: 'Delete a share',
  description: 'Its link stops working at the next request.',
  response: z.literal(true),
})

export const listWhitelistEntries = defineContract(
  'GET /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries',
  {
    summary: 'List the whitelist of a share',
    database: 'in-steps',
    response: WhitelistEntries,
  },
)

export const addWhitelistEntries = defineContract(
  'POST /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries',
  {
    summary: 'Add users to the whitelist of a share',
    description: 'Returns the whole whitelist. The first call creates it, even if no address is known. '
      + 'Unknown addresses are ignored. The owner always has access.',
    body: listOrObject(Emails, 'emails'),
    response: WhitelistEntries,
  },
)

export const deleteWhitelistEntry = defineContract(
  'DELETE /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries/{entry_id}',
  {
    summary: 'Remove a user from the whitelist',
    description: 'An empty whitelist admits only the owner.',
    response: z.literal(true),
  },
)
