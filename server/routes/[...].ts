import { defineEventHandler, sendNoContent, setResponseHeader, type EventHandler } from 'h3'
import { HttpError } from '#server/errors/http-error'

/**
 * What no endpoint answers: an unknown path, a method that the path does not have, HEAD (as GET, without the body) and
 * OPTIONS. Where the path is a real one, its handlers by method stand in `matchedRoute`.
 */
export default defineEventHandler((event) => {
  const { all: _, ...handlers } = (event.context.matchedRoute?.handlers ?? {}) as Record<string, EventHandler>
  const methods = Object.keys(handlers).map(method => method.toUpperCase())
  if (methods.length === 0) throw new HttpError(404, 'There is nothing at this path.')
  if (event.method === 'HEAD' && handlers.get) return handlers.get(event) as unknown
  const allow = [...methods, ...handlers.get ? ['HEAD'] : [], 'OPTIONS'].join(', ')
  if (event.method !== 'OPTIONS') throw new HttpError(405, 'This path does not take this method.', { headers: { Allow: allow } })
  setResponseHeader(event, 'Allow', allow)
  return sendNoContent(event, 204)
})
