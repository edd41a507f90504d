import { H3Error, type H3Event } from 'h3'
import { QuotaExceededError, type Quota } from '#db/errors'
import {
  InvalidCredentialsError, OverloadedError, ShareRefusedError, TooManyAttemptsError, WrongPasswordError,
} from '#server/auth/errors'
import { InvalidLinkError } from '#server/files/errors'
import type { RateLimitName } from '#server/runtime/config'
import { useLog } from '#server/runtime/log'
import { addressOf } from './client.ts'
import { HttpError, type LoadLimit } from './http-error.ts'
import { requestFields } from './request-line.ts'

/** The events that concern security, with their levels in the log. docs/operations.md describes them. */
const levels = {
  signed_up: 'info',
  logged_in: 'info',
  login_failed: 'warn',
  session_ended: 'info',
  email_changed: 'info',
  password_changed: 'info',
  password_refused: 'warn',
  account_deleted: 'info',
  share_refused: 'info',
  share_password_failed: 'warn',
  link_refused: 'info',
  cross_site_refused: 'warn',
  limit_hit: 'warn',
} as const

export type SecurityEvent = keyof typeof levels

/** How often each event has happened in this process. */
export const eventCounts = zeros(Object.keys(levels) as SecurityEvent[])

export type LimitName = RateLimitName | LoadLimit | 'password-hashing' | 'pipelined-requests' | `quota-${Quota}`

/** How often each limit has been hit in this process. */
export const limitCounts = zeros<LimitName>([
  'login', 'login-address', 'sign-up', 'share-password', 'share-password-address', 'password-hashing', 'user-requests',
  'address-responses', 'pipelined-requests', 'request-bodies', 'response-bodies', 'quota-bytes', 'quota-chats',
  'quota-projects', 'quota-messagesPerChat', 'quota-filesPerMessage', 'quota-textPerMessage',
])

function zeros<Name extends string>(names: Name[]): Record<Name, number> {
  return Object.fromEntries(names.map(name => [name, 0])) as Record<Name, number>
}

/** Counts and logs an event. */
export function report(event: H3Event, name: SecurityEvent, details: Record<string, unknown> = {}): void {
  count(name, { ...requestFields(event), ...details })
}

function count(name: SecurityEvent, details: Record<string, unknown>): void {
  eventCounts[name]++
  useLog()[levels[name]]({ event: name, ...details })
}

/** Counts and logs that a limit was hit. */
export function reportLimit(limit: LimitName, details: Record<string, unknown>): void {
  limitCounts[limit]++
  count('limit_hit', { limit, ...details })
}

/**
 * Reports the event that a refused request stands for, if any. Whoever guesses, or sends too much, is only told by the
 * address.
 * @returns whether a limit was hit
 */
export function reportRefusal(refusal: unknown, event: H3Event): boolean {
  const error = refusal instanceof H3Error ? refusal.cause : refusal
  const address = () => addressOf(event.node.req)
  const limit = limitOf(error)
  if (limit)
    reportLimit(limit, { ...requestFields(event), ...!limit.startsWith('quota-') && { address: address() } })
  else if (error instanceof InvalidCredentialsError)
    report(event, 'login_failed', { user_id: error.user_id, address: address() })
  else if (error instanceof WrongPasswordError) report(event, 'password_refused', { address: address() })
  else if (error instanceof ShareRefusedError && error.isPasswordWrong)
    report(event, 'share_password_failed', { owner_id: error.owner_id, address: address() })
  else if (error instanceof ShareRefusedError)
    report(event, 'share_refused', { reason: error.verdict, owner_id: error.owner_id })
  else if (error instanceof InvalidLinkError) report(event, 'link_refused')
  return limit !== undefined
}

function limitOf(error: unknown): LimitName | undefined {
  if (error instanceof HttpError) return error.limit
  if (error instanceof TooManyAttemptsError) return error.limitName
  if (error instanceof OverloadedError) return 'password-hashing'
  return error instanceof QuotaExceededError ? `quota-${error.quota}` : undefined
}
