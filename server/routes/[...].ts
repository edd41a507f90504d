import { defineEventHandler, sendNoContent, setResponseHeader, type EventHandler } from 'h3'
import { methodNotAllowed, pathNotFound } from '#server/endpoint/http-error'

/**
 * Handles requests that no endpoint handles: HEAD (as GET, without the body), OPTIONS, unsupported methods (405) and
 * unknown paths (404). On a known path, `matchedRoute` has its handlers by method.
 */
export default defineEventHandler((event) => {
  const { all: _, ...handlers } = (event.context.matchedRoute?.handlers ?? {}) as Record<string, EventHandler>
  const methods = Object.keys(handlers).map(method => method.toUpperCase())
  if (methods.length === 0) throw pathNotFound()
  if (event.method === 'HEAD' && handlers.get) return handlers.get(event) as unknown
  const allow = [...new Set([...methods, ...handlers.get ? ['HEAD'] : [], 'OPTIONS'])].join(', ')
  if (event.method !== 'OPTIONS') throw methodNotAllowed(allow)
  setResponseHeader(event, 'Allow', allow)
  return sendNoContent(event)
})
