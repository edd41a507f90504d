import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** What a client says about the trace that its request belongs to. */
export interface Trace {
  trace_id: string
  /** The span that the request is a child of. */
  parent_id: string
}

const wellFormedId = /^[\w.-]{1,128}$/

/** The id that the client has given its request, or else a new one. */
export function requestIdOf({ 'x-request-id': given }: IncomingHttpHeaders): string {
  return typeof given === 'string' && wellFormedId.test(given) ? given : randomUUID()
}

const traceParent = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(-.*)?$/
const zeros = /^0+$/

/** The trace that `traceparent` names, as W3C Trace Context defines it; undefined if it is missing or invalid. */
export function traceOf({ traceparent }: IncomingHttpHeaders): Trace | undefined {
  if (typeof traceparent !== 'string') return undefined
  const [, version, trace_id, parent_id, furtherFields] = traceParent.exec(traceparent) ?? []
  if (!trace_id || !parent_id || zeros.test(trace_id) || zeros.test(parent_id)) return undefined
  // Later versions may append fields.
  return version === 'ff' || (version === '00' && furtherFields) ? undefined : { trace_id, parent_id }
}
