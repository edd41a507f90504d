import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import type { Database } from '#db/client'
import type { Page } from '#db/keyset'
import type { Session } from '#db/repositories/sessions'
import type { Cookie, Cookies } from '#server/auth/cookie'
import type { OneOrMany } from '#server/contracts/kit/bodies'
import type { Contract, PathParameters } from '#server/contracts/kit/contract'
import type { List } from '#server/contracts/kit/lists'
import type { UploadedFile } from '#server/files/describe-file'
import type { FileUrl } from '#server/files/links'
import type { Download } from './download.ts'

/** The parsed and validated request that a handler receives. */
export type HandlerRequest<C extends Contract>
  = CommonRequest
    & {
      /** The path parameters, which form the key of the resource. `user_id` is the authenticated user. */
      params: PathParameters<C['route']>
      session: { required: Session, optional: Session | undefined, ignored: undefined }[C['session']]
    }
    & (C extends { database: false } ? unknown : { db: Database })
    & (C['session'] extends 'required' ? OwnerRequest : unknown)
    & QueryOf<C>
    & BodyOf<C>

interface CommonRequest {
  headers: IncomingHttpHeaders
  cookies: Cookies
  setCookie: (cookie: Cookie) => void
  /** The public base URL of the API. */
  baseUrl: string
}

interface OwnerRequest {
  /** Issues file links for the owner of the files. */
  fileUrl: FileUrl
}

type QueryOf<C extends Contract>
  = C extends { list: List<z.ZodType, infer Column, infer Filters> } ? { page: Page<Column>, query: Filters }
    : C extends { query: infer Query extends z.ZodType } ? { query: z.output<Query> }
      : unknown

type BodyOf<C extends Contract>
  = C extends { upload: z.ZodType } ? { body: OneOrMany<UploadedFile> }
    : C extends { body: infer Body extends z.ZodType } ? { body: z.output<Body> }
      : unknown

/** What a handler returns: the rows of a list, the body of a response, or a download. */
export type HandlerResult<C extends Contract>
  = C extends { list: List<infer Row> } ? z.input<Row>[]
    : C extends { response: infer Response extends z.ZodType } ? z.input<Response>
      : Download

export type Handler<C extends Contract>
  = (request: HandlerRequest<C>) => HandlerResult<C> | Promise<HandlerResult<C>>
