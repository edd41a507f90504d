import { defineEventHandler, setResponseStatus, type EventHandler, type H3Event } from 'h3'
import type { z } from 'zod'
import type { Database } from '#db/client'
import type { Session } from '#db/repositories/sessions'
import type { User } from '#db/repositories/users'
import type { OneOrMany } from '#server/contracts/bodies'
import type { Contract, PathParameters, Route, SessionRule } from '#server/contracts/contract'
import { withDatabase } from './db.ts'
import type { PageOfList } from './pages.ts'
import { readJsonBody, readRequest } from './request.ts'
import { sendBody, sendDownload, type Download } from './send.ts'
import { readUpload, type UploadedFile } from './uploads.ts'

/** What a handler works with: everything that its contract promises, and nothing that it would have to check. */
interface Request<R extends Route, S extends SessionRule, Query, Body> {
  event: H3Event
  db: Database
  /** Who calls. */
  user: S extends 'required' ? User : S extends 'optional' ? User | undefined : undefined
  session: S extends 'required' ? Session : S extends 'optional' ? Session | undefined : undefined
  params: PathParameters<R>
  query: Query
  /** Only in contracts of a list. */
  page: PageOfList<never>
  body: Body
}

type Handler<R extends Route, S extends SessionRule, Q extends z.ZodType, B extends z.ZodType, Answer>
  = (request: Request<R, S, z.output<Q>, z.output<B>>) => Promise<Answer>

/**
 * An endpoint of the API: reads the request as its contract says, lets the handler do the one thing that is its own,
 * and answers in the shape and with the status of the contract.
 */
export function defineEndpoint<R extends Route, S extends SessionRule, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: Contract<R, S, Q, B, A>,
  handler: Handler<R, S, Q, B, z.input<A>>,
): EventHandler {
  return defineEventHandler(async event => answer(event, contract, await respond(event, contract, handler)))
}

/** As {@link defineEndpoint}, for a contract of files that come in a form or in JSON. */
export function defineUpload<R extends Route, S extends SessionRule, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: Contract<R, S, Q, B, A>,
  handler: (request: Request<R, S, z.output<Q>, OneOrMany<UploadedFile>>) => Promise<z.input<A>>,
): EventHandler {
  return defineEventHandler(async event => answer(event, contract, await respond(event, contract, handler as never)))
}

/** As {@link defineEndpoint}, for an answer that does not wait for the database. */
export function defineProbe<R extends Route, A extends z.ZodType>(
  contract: Contract<R, 'ignored', z.ZodType, z.ZodType, A>,
  handler: () => z.input<A> | Promise<z.input<A>>,
): EventHandler {
  return defineEventHandler(async event => answer(event, contract, await handler()))
}

/** As {@link defineEndpoint}, for an answer that is not JSON. */
export function defineDownload<R extends Route, S extends SessionRule, Q extends z.ZodType, B extends z.ZodType>(
  contract: Contract<R, S, Q, B>,
  handler: Handler<R, S, Q, B, Download>,
): EventHandler {
  return defineEventHandler(async event => sendDownload(event, await respond(event, contract, handler)))
}

async function respond<R extends Route, S extends SessionRule, Q extends z.ZodType, B extends z.ZodType, Answer>(
  event: H3Event,
  contract: Contract<R, S, Q, B>,
  handler: Handler<R, S, Q, B, Answer>,
): Promise<Answer> {
  const request = await readRequest(event, contract, contract.form ? readUpload : readJsonBody)
  return withDatabase(db => handler({ event, db, user: request.session?.user, ...request } as Parameters<typeof handler>[0]))
}

/** An answer that breaks its own contract is our mistake, and a 500. */
function answer(event: H3Event, contract: Contract, result: unknown) {
  setResponseStatus(event, contract.status)
  return sendBody(event, JSON.stringify(contract.response!.parse(result)), 'application/json')
}
