import type { Owner } from './http.ts'
import { send, withConnection, type Row } from './pool.ts'
import { statement } from './statement.ts'

/** The rules of db/repositories/sessions.ts. */
const isAlive = `neptun_user_id = :user and token_hash = :token
    and expires_at > now() and last_used_at > now() - interval '7 days'`

/** A condition that the session of a request is alive. */
export const hasSession = `exists (select from sessions where ${isAlive})`

/**
 * Finds the session of a request, and checks that the user has what the request names.
 * @param resource the FROM and WHERE of what has to exist
 */
export const check = (resource: string) => `select last_used_at < now() - interval '5 minutes' as is_use_due,
    exists (select ${resource}) as is_found
  from sessions where ${isAlive}`

/** Deleted chats may still have rows. */
export const ownChats = 'neptun_user_id = :user and not is_deleted'
export const ownChat = `from chats where ${ownChats} and id = :chat`
export const ownProject = 'from projects where neptun_user_id = :user and id = :project'

const recordUse = statement(`update sessions set last_used_at = now() where ${isAlive}`)

/**
 * The error of a request without a session, or for something that does not exist. Records the use of the session if
 * that is due.
 * @param row the result of {@link check}
 */
export function refusalOf({ user, token }: Owner, row: Row | undefined): 401 | 404 | undefined {
  if (!row) return 401
  const [isUseDue, isFound] = row
  if (String(isUseDue) === 't') void withConnection(sql => send(sql, recordUse, { user, token }))
  return String(isFound) === 't' ? undefined : 404
}
