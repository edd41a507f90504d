import { defineEventHandler, parseCookies, type EventHandler, type H3Event } from 'h3'
import type { Database } from '#db/client'
import type { Cookie } from '#server/auth/cookie'
import type { Contract } from '#server/contracts/kit/contract'
import { issueFileUrls } from '#server/files/links'
import { withDatabase } from '#server/runtime/database'
import { baseUrlOf } from './base-url.ts'
import { setCookie } from './cookies.ts'
import { sendDownload, type Download } from './download.ts'
import type { Handler, HandlerRequest } from './handler.ts'
import { readRequest, type ParsedRequest } from './request.ts'
import { sendResult } from './send.ts'

/**
 * Defines an endpoint: reads the request as the contract says, calls the handler, and sends its result with the status
 * and in the shape of the contract.
 */
export function defineEndpoint<C extends Contract>(contract: C, handler: Handler<C>): EventHandler {
  return defineEventHandler(async (event) => {
    const { list, ...parsed } = await readRequest(event, contract)
    const handle = async (db?: Database) => {
      const request: object = { ...parsed, ...contextOf(event), page: list?.page, db }
      // The contract that parsed the request also types the handler, which the compiler cannot see.
      return handler(request as HandlerRequest<C>)
    }
    const result: unknown = await (contract.database ? withDatabase(handle) : handle())
    return send(event, contract, list, result)
  })
}

/** The parts of a request that do not depend on the contract. */
function contextOf(event: H3Event) {
  const baseUrl = baseUrlOf(event)
  return {
    headers: event.node.req.headers,
    cookies: parseCookies(event),
    setCookie: (cookie: Cookie) => setCookie(event, cookie),
    baseUrl,
    fileUrl: issueFileUrls(baseUrl),
  }
}

/** The type of the handler ensures that the result is what the contract declares. */
function send(
  event: H3Event,
  { status, response }: Contract,
  list: ParsedRequest['list'],
  result: unknown,
): Promise<void> {
  if (!response) return sendDownload(event, result as Download)
  const body = list ? list.bodyOf(result as Record<string, unknown>[]) : result
  return sendResult(event, status, response, body)
}
