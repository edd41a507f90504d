import type { Agent } from 'node:http'
import { deployment } from '../deployments/deployment.ts'
import type { ApiResponse } from '../support/http.ts'
import { rawRequest } from '../support/raw.ts'
import { targetOf, type Draft } from './draft.ts'

/** Milliseconds after which a request counts as hanging. */
const timeout = 15_000

/**
 * Sends a request without normalizing it.
 * @returns undefined if the client aborted the request, as the draft demands, before a response arrived
 */
export async function send(draft: Draft, agent: Agent): Promise<ApiResponse | undefined> {
  const { method, headers, body, isAborted } = draft
  const declaresLength = body && !('transfer-encoding' in headers)
  const length = { ...declaresLength && { 'content-length': String(body.length + (isAborted ? 1 : 0)) } }
  try {
    return await rawRequest(method, targetOf(draft), {
      headers: { ...headers, ...length },
      chunks: body && [body],
      // nginx may close a connection that it said it would keep, if a request was refused before its body was read.
      agent: !isAborted && !deployment && agent,
      signal: AbortSignal.timeout(isAborted ? 50 : timeout),
      isByChance: true,
    })
  }
  catch (error) {
    if (isAborted && (error as Error).name === 'AbortError') return undefined
    throw error
  }
}

/** Returns a curl command that sends the request again. */
export function toCurl(draft: Draft, baseUrl: string): string {
  const { method, headers, body } = draft
  const command = ['curl', '-i', '--path-as-is', '-g', '-X', method, shellQuoted(baseUrl + targetOf(draft))]
  const headerOptions = Object.entries(headers).map(([name, value]) =>
    `-H ${shellQuoted(value === '' ? `${name};` : `${name}: ${value}`)}`)
  const bodyOptions = body ? [`--data-binary ${shellQuoted(body.toString('latin1'))}`] : []
  return [command.join(' '), ...headerOptions, ...bodyOptions].join(' \\\n  ')
}

/** Quotes bytes for bash. */
function shellQuoted(latin1: string): string {
  if (/^[\w/:.?&=%-]*$/.test(latin1)) return latin1
  const escapeByte = (byte: string) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`
  return `$'${latin1.replaceAll(/[\\']/g, '\\$&').replaceAll(/[^ -~]/g, escapeByte)}'`
}
