import type { EventHandler } from 'h3'
import type { Executor, Transaction } from '#db/client'
import { NotFoundError } from '#db/errors'
import { commitRequest, findCompletedRequest } from '#db/repositories/idempotency-keys'
import type { Session } from '#db/repositories/sessions'
import type { Contract, IsCreating } from '#server/contracts/kit/contract'
import { withDatabase } from '#server/runtime/database'
import { isSigned, sign } from '#server/runtime/signing'
import { serve } from './define-endpoint.ts'
import type { HandlerRequest, HandlerResult } from './handler.ts'
import { createdRowsGone, otherRequestWithKey } from './http-error.ts'
import { textOfInput } from './idempotency-key.ts'

/** How an endpoint creates rows, and how it reads them for a request that is repeated with its `Idempotency-Key`. */
interface Creation<C extends Contract, Prepared> {
  /** Does what needs no database or takes long, before a connection is taken. */
  prepare?: (request: HandlerRequest<C>) => Promise<Prepared>
  /** Creates the rows with nothing but `db`. After a deadlock, it runs again. */
  create: (request: HandlerRequest<C> & { db: Executor }, prepared: Prepared) => Promise<Created<C>>
  /**
   * Reads rows that were created, as they are now.
   * @throws NotFoundError if one of them has been deleted
   */
  read: (request: HandlerRequest<C> & { db: Executor }, ids: number[]) => Promise<HandlerResult<C>>
}

interface Created<C extends Contract> {
  /** The ids of the rows, in order. */
  ids: number[]
  result: HandlerResult<C>
}

/** What the request of every creation has. */
interface CommonRequest {
  session: Session
  params: object
  body: unknown
  idempotencyKey?: string
  setHeader: (name: string, value: string) => void
}

/** A creation without the types of its contract. */
interface AnyCreation {
  prepare?: (request: CommonRequest) => Promise<unknown>
  create: (request: CommonRequest & { db: Executor }, prepared: unknown) => Promise<{ ids: number[], result: unknown }>
  read: (request: CommonRequest & { db: Executor }, ids: number[]) => Promise<unknown>
}

/**
 * Defines an endpoint that creates rows. A request with an `Idempotency-Key` is recorded in the transaction of its
 * rows. If it is repeated, the response has the same rows as they are now.
 */
export function defineCreation<C extends Contract, Prepared>(
  contract: C & (IsCreating<C> extends true ? unknown : never),
  creation: Creation<C, Prepared>,
): EventHandler {
  const { prepare, create } = creation as unknown as AnyCreation
  return serve(contract, async (common) => {
    const request = common as CommonRequest
    const prepared = await prepare?.(request)
    const { idempotencyKey } = request
    if (idempotencyKey === undefined)
      return (await withDatabase(db => create({ ...request, db }, prepared))).result
    const { isReplayed, result } = await withDatabase(db => db.transaction(tx =>
      createOnce(tx, contract, creation as unknown as AnyCreation, request, idempotencyKey, prepared)))
    if (isReplayed) request.setHeader('Idempotent-Replayed', 'true')
    return result
  })
}

async function createOnce(
  tx: Transaction,
  { route }: Contract,
  { create, read }: AnyCreation,
  request: CommonRequest,
  idempotency_key: string,
  prepared: unknown,
) {
  const { session, params, body } = request
  const key = { user_id: session.user.id, idempotency_key }
  const parts = [route, textOfInput(params), textOfInput(body)]
  const completed = await findCompletedRequest(tx, key)
  if (completed) {
    if (!isSigned(completed.fingerprint, 'idempotency', ...parts)) throw otherRequestWithKey()
    const reading = read({ ...request, db: tx }, completed.ids)
    const result = await reading.catch((error: unknown) => {
      throw error instanceof NotFoundError ? createdRowsGone() : error
    })
    return { isReplayed: true, result }
  }
  const { ids, result } = await create({ ...request, db: tx }, prepared)
  await commitRequest(tx, key, { fingerprint: sign('idempotency', ...parts), ids })
  return { isReplayed: false, result }
}
