import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import type { Database } from '#db/client'
import type { Links, View } from '#db/json-row'
import type { Page } from '#db/keyset'
import type { Json, JsonPage } from '#db/read'
import type { Session } from '#db/repositories/sessions'
import type { Quotas } from '#db/repositories/usage'
import type { SessionReader } from '#db/session-reader'
import type { Client } from '#server/auth/client'
import type { Cookie } from '#server/auth/cookie'
import type { OneOrMany } from '#server/contracts/kit/bodies'
import type { Contract, IsCreating, PathParameters } from '#server/contracts/kit/contract'
import type { List } from '#server/contracts/kit/lists'
import type { UploadedFile } from '#server/files/describe-file'
import type { Download } from './download.ts'
import type { SecurityEvent } from './security-events.ts'
import type { WholeList } from './whole-list.ts'

/** The parsed and validated request that a handler receives. */
export type HandlerRequest<C extends Contract>
  = CommonRequest
    & {
      /** The path parameters, which form the key of the resource. `user_id` is the authenticated user. */
      params: PathParameters<C['route']>
    }
    & AccessOf<C>
    & { views: ViewsOf<C> }
    & QueryOf<C>
    & BodyOf<C>

/** The session and the database. What belongs to the caller is read through the session, which is not looked up. */
type AccessOf<C extends Contract>
  = C extends { session: 'required' }
    ? [C['route'], DatabaseOf<C>] extends [`GET ${string}`, { db: Database }] ? { db: SessionReader }
        : { session: Session } & DatabaseOf<C>
    : { session: undefined } & DatabaseOf<C>

type DatabaseOf<C extends Contract>
  = C extends { database: false | 'in-steps' } ? unknown
    : IsCreating<C> extends true ? unknown : { db: Database }

interface CommonRequest {
  headers: IncomingHttpHeaders
  client: Client
  /** Looks up the session, if there is one: for endpoints that do not require it. */
  identify: () => Promise<Session | undefined>
  /** Looks up the session once more, after something that took long. */
  identifyAgain: () => Promise<Session | undefined>
  setCookie: (cookie: Cookie) => void
  setHeader: (name: string, value: string) => void
  /** The versions that `If-Match` allows the resource of a PATCH or DELETE to have; undefined if any. */
  versions?: number[]
  /** The `Idempotency-Key` of a request to create rows. */
  idempotencyKey?: string
  /** Logs an event that concerns security. */
  report: (event: SecurityEvent, details?: Record<string, unknown>) => void
  /** The public base URL of the API. */
  baseUrl: string
  /** What a user may store. */
  quotas: Quotas
  /** Issues links; those of files for the authenticated user as their owner. */
  links: Links
}

type Items<T> = T extends readonly (infer Item)[] ? Item : NonNullable<T>
type Names<T> = Extract<T extends object ? keyof T : never, string>
type Property<T, Name extends string> = T extends { [K in Name]?: infer Value } ? Value : never

/** How to read the objects in the response, by the name of the property that contains them. */
type ViewsOf<C extends Contract> = C extends { list: List }
  ? unknown
  : C extends { response: infer Response extends z.ZodType }
    ? { [Name in Names<z.output<Response>>]: View<Names<Items<Property<z.output<Response>, Name>>>> }
    : unknown

type QueryOf<C extends Contract>
  = C extends { list: List<infer Row, infer Column, infer Filters> }
    ? { page: Page<Column> & { view: View<Names<z.output<Row>>> }, query: Filters }
    : C extends { query: infer Query extends z.ZodType } ? { query: z.output<Query> }
      : unknown

type BodyOf<C extends Contract>
  = C extends { upload: z.ZodType } ? { body: OneOrMany<UploadedFile> }
    : C extends { body: infer Body extends z.ZodType } ? { body: z.output<Body> }
      : unknown

/** A value of a response, in which rows may be JSON that has been written already. */
type Answer<T> = T extends readonly object[] ? T | WholeList
  : T extends Date ? T
    : T extends object ? T | Json | { [Name in keyof T]: Answer<T[Name]> }
      : T

/** What a handler returns: a page of a list, the body of a response, nothing, or a download. */
export type HandlerResult<C extends Contract>
  = C extends { list: List } ? JsonPage
    : C extends { response: infer Response extends z.ZodType } ? Answer<z.input<Response>>
      : C extends { status: 204 } ? void : Download

export type Handler<C extends Contract>
  = (request: HandlerRequest<C>) => HandlerResult<C> | Promise<HandlerResult<C>>
