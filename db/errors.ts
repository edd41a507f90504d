import { DrizzleQueryError } from 'drizzle-orm'
import postgres from 'postgres'
import { notFoundMessage, type Resource } from './resources.ts'

/** The row does not exist or belongs to another user; the two are indistinguishable. */
export class NotFoundError extends Error {
  override name = 'NotFoundError'
  constructor(resource: Resource) {
    super(notFoundMessage(resource))
  }
}

/** The current state does not allow the operation, for example because an e-mail address is taken. */
export class ConflictError extends Error {
  override name = 'ConflictError'
}

/** The row does not have a version that the request names, because it has been changed. */
export class PreconditionFailedError extends Error {
  override name = 'PreconditionFailedError'
  constructor() {
    super('The resource has been changed.')
  }
}

/** Another request with the same idempotency key is being processed. */
export class RequestUnderWayError extends Error {
  override name = 'RequestUnderWayError'
  constructor() {
    super('A request with this Idempotency-Key is being processed.')
  }
}

/** There is no room left for what would be stored. */
export class QuotaExceededError extends Error {
  override name = 'QuotaExceededError'
  readonly quota: Quota

  constructor(quota: Quota) {
    super(quotaMessages[quota])
    this.quota = quota
  }
}

/** The messages of a {@link QuotaExceededError}. */
export const quotaMessages = {
  bytes: 'The account has no storage left.',
  chats: 'The account has the maximum number of chats.',
  projects: 'The account has the maximum number of projects.',
  messagesPerChat: 'The chat has the maximum number of messages.',
  filesPerMessage: 'The message has the maximum number of files.',
  textPerMessage: 'The files of the message have the maximum amount of text.',
} as const

export type Quota = keyof typeof quotaMessages

/** The chat has no messages to delete. */
export class EmptyChatError extends Error {
  override name = 'EmptyChatError'
  constructor() {
    super('The chat has no messages.')
  }
}

/** The session of the request has ended, perhaps while it was being processed. */
export class SessionEndedError extends Error {
  override name = 'SessionEndedError'
}

/** The database cannot be reached or is saturated. */
export class UnavailableError extends Error {
  override name = 'UnavailableError'
}

/** Another process has the embedded database open. Two processes would overwrite each other's data. */
export class DataInUseError extends Error {
  override name = 'DataInUseError'
}

export function notFound(resource: Resource): never {
  throw new NotFoundError(resource)
}

/** Connection failures, as the driver and Node.js name them. */
const connectionCodes = new Set([
  'CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED',
  'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH',
])

/**
 * SQLSTATE classes and codes of a server that is temporarily unable to serve: connection exceptions (08), refused
 * logins (28), rollbacks that a retry may cure (40), insufficient resources (53), operator intervention including
 * timeouts (57), timeouts of locks (55P03) and of idle transactions (25P03). See appendix A of the PostgreSQL manual.
 */
const unavailableStates = /^(08|28|40|53|57|55P03|25P03)/

/** The SQLSTATE class of integrity constraint violations. */
const constraintViolationStates = /^23/

/** The server's error, unwrapped from drizzle's. */
function serverErrorOf(error: unknown): postgres.PostgresError | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  return [error, cause].find(candidate => candidate instanceof postgres.PostgresError)
}

/** Whether the error means that the database cannot be reached or is saturated, so that a retry may succeed. */
export function isUnavailable(error: unknown): boolean {
  const serverError = serverErrorOf(error)
  if (serverError) return unavailableStates.test(serverError.code)
  const { code } = ((error instanceof DrizzleQueryError ? error.cause : error) ?? {}) as { code?: unknown }
  return error instanceof UnavailableError
    // postgres.js rejects a cancelled statement of its queue with 57014, but not as a PostgresError.
    || (typeof code === 'string' && (connectionCodes.has(code) || code === '57014'))
}

/** SQLSTATE classes and codes of a refused login (28), a missing database (3D) and a missing privilege (42501). */
const refusedStates = /^(28|3D|42501)/

/** Why the server refuses the user or the database of a connection string; undefined for any other error. */
export function refusalOf(error: unknown): string | undefined {
  const serverError = serverErrorOf(error)
  return serverError && refusedStates.test(serverError.code) ? serverError.message : undefined
}

/** SQLSTATE codes of a deadlock and of a serialization failure. */
const conflictStates = new Set(['40P01', '40001'])

/** Whether the database rolled a transaction back because of a concurrent one. It may succeed if it is repeated. */
export function isConflict(error: unknown): boolean {
  const serverError = serverErrorOf(error)
  return serverError !== undefined && conflictStates.has(serverError.code)
}

/** The reason for a failure in one line for a terminal, without the statement. */
export function reasonOf(error: unknown): string {
  const { message, code } = (error instanceof DrizzleQueryError ? error.cause : error) as Error & { code?: string }
  return message || (code ?? 'unknown')
}

/** What the log says about the error of a statement. */
export interface QueryError {
  type: string
  /** The SQLSTATE of the server. */
  code: string
  constraint: string
  /** Where in the server it was raised. */
  routine: string
  statement: string
}

/**
 * Describes an error of a statement for the log: its code and the statement, but no values. A server error contains
 * them in its message and details, and drizzle's error in its message and parameters. Undefined for any other error.
 */
export function describeQueryError(error: unknown): Partial<QueryError> & Pick<QueryError, 'type'> | undefined {
  if (error instanceof DrizzleQueryError) return { type: 'DrizzleQueryError', statement: error.query }
  if (!(error instanceof postgres.PostgresError)) return undefined
  const { name, code, constraint_name: constraint, routine, query: statement } = error
  return { type: name, code, constraint, routine, statement }
}

/** Whether a statement failed because it violates the constraint of this name. */
export function violates(error: unknown, constraint: string): boolean {
  const serverError = serverErrorOf(error)
  if (!serverError || !constraintViolationStates.test(serverError.code)) return false
  const { constraint_name, message } = serverError
  // Citus passes on errors of its machines without this field. Their messages have the name, followed by the number of
  // the shard unless it is a check constraint.
  return constraint_name ? constraint_name === constraint : new RegExp(`"${constraint}(_\\d+)?"`).test(message)
}

/**
 * Runs a statement whose foreign keys may find no row.
 * @param references the resource that each foreign key refers to, by the name of the constraint
 * @throws NotFoundError if one of these constraints is violated
 */
export async function withReferences<Result>(
  statement: PromiseLike<Result>,
  references: Record<string, Resource>,
): Promise<Result> {
  try {
    return await statement
  }
  catch (error) {
    const [, resource] = Object.entries(references).find(([constraint]) => violates(error, constraint)) ?? []
    throw resource ? new NotFoundError(resource) : error
  }
}
