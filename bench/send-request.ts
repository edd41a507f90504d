import type { BenchRequest } from './endpoints.ts'

/** Sends a single request. */
export function sendRequest(url: string, request: BenchRequest): Promise<Response> {
  const { method, path, body } = request
  return fetch(url + path, { method, headers: headersOf(request), body })
}

export function headersOf({ cookie, body, type = 'application/json' }: BenchRequest): Record<string, string> {
  return { ...cookie && { Cookie: cookie }, ...body && { 'Content-Type': type } }
}
