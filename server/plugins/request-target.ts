import type { IncomingMessage } from 'node:http'
import { defineNitroPlugin } from 'nitropack/runtime'

/**
 * Normalizes the target of each request (RFC 9112, section 3.2) before h3 v1 decodes its path, which is before any
 * middleware.
 *
 * Remove with h3 2, which parses the target as a URL.
 */
export default defineNitroPlugin(({ h3App }) => {
  const { handler } = h3App
  h3App.handler = (event) => {
    useOriginForm(event.node.req)
    keepQuestionMarks(event.node.req)
    return handler(event) as unknown
  }
})

const absoluteForm = /^https?:\/\/([^/?]*)(.*)$/i

/** Turns a target such as `http://host/path`, whose host takes precedence over the Host header, into a path. */
function useOriginForm(request: IncomingMessage): void {
  if (request.url?.startsWith('/')) return
  const [, host, rest] = absoluteForm.exec(request.url ?? '') ?? []
  if (host === undefined || rest === undefined) return
  request.headers.host = host
  request.url = rest.startsWith('/') ? rest : `/${rest}`
}

/** Encodes an encoded question mark of the path once more: h3 decodes the path before it looks for the query. */
function keepQuestionMarks(request: IncomingMessage): void {
  if (!request.url?.includes('%3')) return
  const [path = '', ...query] = request.url.split('?')
  request.url = [path.replace(/%3f/gi, '%253F'), ...query].join('?')
}
