import type { Agent } from 'node:http'
import type { Answer } from '../support/http.ts'
import { rawRequest } from '../support/raw.ts'
import { targetOf, type Draft } from './valid-requests.ts'

/** Milliseconds after which a request counts as one that hangs. */
const patience = 15_000

/** Sends a request as it is; undefined if its sender went away before there was an answer, as it had to. */
export async function send(draft: Draft, agent: Agent): Promise<Answer | undefined> {
  const { method, headers, body, isCutOff } = draft
  const length = { ...body && !('transfer-encoding' in headers) && { 'content-length': String(body.length + (isCutOff ? 1 : 0)) } }
  try {
    return await rawRequest(method, targetOf(draft), {
      headers: { ...headers, ...length },
      chunks: body && [body],
      agent: !isCutOff && agent,
      signal: AbortSignal.timeout(isCutOff ? 50 : patience),
      isByChance: true,
    })
  }
  catch (error) {
    if (isCutOff && (error as Error).name === 'AbortError') return undefined
    throw error
  }
}

/** The request for a shell: what it takes to send it once more. */
export function curlOf(draft: Draft, baseUrl: string): string {
  const { method, headers, body } = draft
  const words = ['curl', '-i', '--path-as-is', '-g', '-X', method, quoted(baseUrl + targetOf(draft))]
  const parts = Object.entries(headers).map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`)
  return [words.join(' '), ...parts, ...body ? [`--data-binary ${quoted(body.toString('latin1'))}`] : []].join(' \\\n  ')
}

/** As bash reads it, byte for byte. */
const quoted = (latin1: string) => /^[\w/:.?&=%-]*$/.test(latin1)
  ? latin1
  : `$'${latin1.replaceAll(/[\\']/g, '\\$&').replaceAll(/[^ -~]/g, byte => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)}'`
