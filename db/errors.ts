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

/** Whether a failure means that the database cannot be reached or is saturated, so that a retry may succeed. */
export function isUnavailable(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  if (cause instanceof postgres.PostgresError) return unavailableStates.test(cause.code)
  const code = (cause as { code?: unknown } | undefined)?.code
  return error instanceof UnavailableError
    || (typeof code === 'string' && (connectionCodes.has(code) || code === '57014'))
}

/** Why something failed, for a person at a terminal: what the server or the network said, not the statement. */
export function reasonOf(error: unknown): string {
  const { message, code } = (error instanceof DrizzleQueryError ? error.cause : error) as Error & { code?: string }
  return message || (code ?? 'unknown')
}

/** A failure of the database as a log may hold it: the statement, but none of the values that it was sent with. */
export function describeFailure(error: DrizzleQueryError): string {
  const { name, code, constraint_name } = (error.cause ?? {}) as Partial<postgres.PostgresError>
  return [name, code, constraint_name, `in: ${error.query}`].filter(Boolean).join(' ')
}

/** Whether a statement failed because it would have broken the constraint of that name. */
export function violates(error: unknown, constraint: string): boolean {
  return error instanceof DrizzleQueryError
    && error.cause instanceof postgres.PostgresError
    && error.cause.constraint_name === constraint
}
