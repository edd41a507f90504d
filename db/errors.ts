import { DrizzleQueryError } from 'drizzle-orm'
import postgres from 'postgres'

export type Thing = 'User' | 'Project' | 'Chat' | 'Message' | 'File' | 'Share' | 'Session' | 'Whitelist entry'

/** What was asked for is not there, or is not the caller's: nobody can tell which. */
export class NotFoundError extends Error {
  override name = 'NotFoundError'
  constructor(thing: Thing) {
    super(`${thing} not found`)
  }
}

/** The present state does not allow it, such as an e-mail address that is taken. */
export class ConflictError extends Error {
  override name = 'ConflictError'
}

/** A chat in which nothing is left that could be taken back. */
export class EmptyChatError extends Error {
  override name = 'EmptyChatError'
  constructor() {
    super('The chat has no messages.')
  }
}

/** The database cannot be reached, or has no room for another statement just now. */
export class UnavailableError extends Error {
  override name = 'UnavailableError'
}

/** Another process has the embedded data open. Two would lose each other's writes. */
export class DataInUseError extends Error {
  override name = 'DataInUseError'
}

export function notFound(thing: Thing): never {
  throw new NotFoundError(thing)
}

/** Failures of the connection, as the driver and the platform name them. */
const connectionCodes = new Set([
  'CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED',
  'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH',
])

/**
 * SQLSTATE classes and codes of a server that cannot serve now: connection exceptions (08), refused logins (28),
 * insufficient resources (53), operator intervention with its timeouts (57), rollbacks that a retry may cure (40),
 * lock timeouts (55P03). See appendix A of the PostgreSQL manual.
 */
const unavailableStates = /^(08|28|40|53|57|55P03)/

/** What the server said of a failed statement, wherever it was wrapped on its way. */
function serverErrorOf(error: unknown): postgres.PostgresError | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  return [error, cause].find(candidate => candidate instanceof postgres.PostgresError)
}

/** Whether a failure means that the database cannot be reached or is saturated, so that a retry may succeed. */
export function isUnavailable(error: unknown): boolean {
  const refusal = serverErrorOf(error)
  if (refusal) return unavailableStates.test(refusal.code)
  const { code } = ((error instanceof DrizzleQueryError ? error.cause : error) ?? {}) as { code?: unknown }
  return error instanceof UnavailableError
    || (typeof code === 'string' && (connectionCodes.has(code) || code === '57014'))
}

/** Why something failed, for a person at a terminal: what the server or the network said, not the statement. */
export function reasonOf(error: unknown): string {
  const { message, code } = (error instanceof DrizzleQueryError ? error.cause : error) as Error & { code?: string }
  return message || (code ?? 'unknown')
}

/**
 * A refusal of the server as a log may hold it: its code and the statement, but none of the values, which stand in its
 * message and details as well. Undefined for a failure of another kind.
 */
export function describeRefusal(error: unknown): string | undefined {
  const refusal = serverErrorOf(error)
  return refusal && [refusal.name, refusal.code, refusal.constraint_name, refusal.routine, 'in:', refusal.query].filter(Boolean).join(' ')
}

/** Whether a statement failed because the account that it wrote for was deleted meanwhile. */
export function isOwnerGone(error: unknown): boolean {
  return /^(sessions|projects|chats)_neptun_user_id_users_id_fk$/.test(serverErrorOf(error)?.constraint_name ?? '')
}

/** Whether a statement failed because it would have broken the constraint of that name. */
export function violates(error: unknown, constraint: string): boolean {
  return serverErrorOf(error)?.constraint_name === constraint
}
