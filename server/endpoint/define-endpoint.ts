import { defineEventHandler, sendNoContent, setResponseHeader, type EventHandler, type H3Event } from 'h3'
import type { Database } from '#db/client'
import type { Page } from '#db/keyset'
import type { JsonPage } from '#db/read'
import { SessionReader } from '#db/session-reader'
import type { Cookie } from '#server/auth/cookie'
import { isCreating, isSafe, type Contract, type IsCreating } from '#server/contracts/kit/contract'
import { issueLinks } from '#server/files/links'
import { useConfig } from '#server/runtime/config'
import { withDatabase } from '#server/runtime/database'
import { assertRoom } from '#server/runtime/disk-space'
import { baseUrlOf } from './base-url.ts'
import { callerOf, notingSession } from './callers.ts'
import { RequestClient } from './client.ts'
import { setCookie } from './cookies.ts'
import { sendDownload, type Download } from './download.ts'
import { taggerOf } from './entity-tags.ts'
import type { Handler, HandlerRequest } from './handler.ts'
import { readRequest } from './request.ts'
import { report, type SecurityEvent } from './security-events.ts'
import { sendResult } from './send.ts'
import { findRequestSession } from './session.ts'
import { inTurn } from './turns.ts'
import { selectionsOf, viewsOf } from './views.ts'

/** Defines an endpoint, except for those that create rows: `defineCreation` defines them. */
export function defineEndpoint<C extends Contract>(
  contract: C,
  handler: IsCreating<C> extends true ? never : Handler<C>,
): EventHandler {
  // The contract that parses the request also types the handler, which the compiler cannot see.
  return serve(contract, request => (handler as Handler<C>)(request as HandlerRequest<C>))
}

/**
 * Reads requests as the contract says, calls the handler, and sends its result with the status and in the shape of the
 * contract.
 */
export function serve(contract: Contract, handler: (request: object) => unknown): EventHandler {
  const { database, list, response, status } = contract
  const changes = !isSafe(contract)
  const tag = taggerOf(contract)
  const isInSteps = database !== true || isCreating(contract)
  const selections = selectionsOf(response)
  return defineEventHandler(async (event) => {
    const { token, list: listPage, input } = await readRequest(event, contract)
    const context = contextOf(event, token?.user_id ?? input.session?.user.id)
    const handle = async (page?: Page, db?: Database | SessionReader): Promise<unknown> => {
      if (changes) await assertRoom()
      // It may have waited for its turn.
      page?.assertAwaited?.()
      return handler({ ...context, ...input, page: page && { ...page, view: context.views[list!.key] }, db })
    }
    const work = (page?: Page) => isInSteps
      ? handle(page)
      : withDatabase(db => handle(page, token ? new SessionReader(db, token) : db))
    const caller = callerOf(token, input.session)
    const run = (page?: Page) => caller ? inTurn(caller, () => work(page)) : work(page)
    const running = run(listPage && { ...listPage.page, assertAwaited: () => context.client.assertConnected() })
    const result = await (token ? notingSession(token, running, () => event.context.userId = token.user_id) : running)
    if (status === 204) return sendNoContent(event)
    if (!response) return sendDownload(event, result as Download)
    if (tag?.(event, result)) return sendNoContent(event, 304)
    return sendResult(event, contract, listPage ? listPage.bodyOf(result as JsonPage, run) : result)
  })

  /** The parts of a request that do not depend on its input. */
  function contextOf(event: H3Event, user_id: number | undefined) {
    const baseUrl = baseUrlOf(event)
    const links = issueLinks(baseUrl, user_id === undefined ? undefined : { user_id })
    return {
      headers: event.node.req.headers,
      client: new RequestClient(event),
      identify: event.context.identify,
      identifyAgain: () => findRequestSession(event),
      setCookie: (cookie: Cookie) => setCookie(event, cookie),
      setHeader: (name: string, value: string) => setResponseHeader(event, name, value),
      report: (name: SecurityEvent, details?: Record<string, unknown>) => report(event, name, details),
      quotas: useConfig().quotas,
      baseUrl,
      links,
      views: viewsOf(selections, links),
    }
  }
}
