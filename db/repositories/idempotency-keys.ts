import { sql } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { RequestUnderWayError } from '../errors.ts'
import type { IdempotencyKey } from '../keys.ts'
import { commitWith } from '../pipeline-transactions.ts'
import { idempotencyKeyLifetime, maxIdempotencyKeys } from '../rules.ts'
import { idempotencyKeys } from '../schema/index.ts'
import { defineStatement, value } from '../statement.ts'

/** A request that created rows. */
export interface CompletedRequest {
  /** An HMAC that identifies the request. */
  fingerprint: string
  /** The ids of the rows. */
  ids: number[]
}

const lifetime = sql.raw(`interval '${idempotencyKeyLifetime} hours'`)

// Does not wait: one of many requests at once would otherwise keep a connection each.
const tryLock = defineStatement<{ locked: boolean }>(() => sql`
  select pg_try_advisory_xact_lock(hashtextextended(${value('key')}, ${value('user_id')}::bigint)) as locked`)

const selectCompleted = defineStatement<{ fingerprint: string, ids: string }>(() => sql`
  select ${idempotencyKeys.fingerprint} as fingerprint, array_to_json(${idempotencyKeys.ids})::text as ids
  from ${idempotencyKeys}
  where ${idempotencyKeys.neptun_user_id} = ${value('user_id')} and ${idempotencyKeys.key} = ${value('key')}
    and ${idempotencyKeys.created_at} > now() - ${lifetime}`)

/**
 * Finds the request that a user has sent with a key. If there is none, the transaction gets the key to itself.
 * @returns undefined if there is none, or it is too old
 * @throws RequestUnderWayError if another transaction has the key
 */
export async function findCompletedRequest(
  tx: Transaction,
  { user_id, idempotency_key: key }: IdempotencyKey,
): Promise<CompletedRequest | undefined> {
  // The second statement sees what was committed before the lock was free.
  const [[lock], [completed]] = await Promise.all([
    tryLock(tx, { user_id, key }),
    selectCompleted(tx, { user_id, key }),
  ])
  if (completed) return { fingerprint: completed.fingerprint, ids: JSON.parse(completed.ids) as number[] }
  if (!lock!.locked) throw new RequestUnderWayError()
  return undefined
}

// A record with the same key is too old, or it would have been found.
const upsert = defineStatement<never>(() => sql`
  insert into ${idempotencyKeys} (neptun_user_id, key, fingerprint, ids)
  values (${value('user_id')}, ${value('key')}, ${value('fingerprint')}, ${value('ids')}::bigint[])
  on conflict (neptun_user_id, key) do update
  set fingerprint = excluded.fingerprint, ids = excluded.ids, created_at = excluded.created_at`)

/** The records that one request deletes at most. */
const maxDeletedKeys = 100

const deleteOld = defineStatement<never>(() => sql`
  delete from ${idempotencyKeys} where neptun_user_id = ${value('user_id')} and key = any(array(
    select key from ${idempotencyKeys} where neptun_user_id = ${value('user_id')} and created_at <= greatest(
      now() - ${lifetime},
      (select created_at from ${idempotencyKeys} where neptun_user_id = ${value('user_id')}
        order by created_at desc offset ${sql.raw(`${maxIdempotencyKeys - 1}`)} limit 1))
    order by created_at limit ${sql.raw(`${maxDeletedKeys}`)} for update skip locked))`)

/**
 * Records a request with the rows that a transaction has created, and commits it. Deletes some of the user's records
 * that are too old, or more than are kept.
 */
export async function commitRequest(
  tx: Transaction,
  { user_id, idempotency_key: key }: IdempotencyKey,
  { fingerprint, ids }: CompletedRequest,
): Promise<void> {
  await commitWith(
    tx, deleteOld(tx, { user_id }), upsert(tx, { user_id, key, fingerprint, ids: `{${ids.join()}}` }))
}
