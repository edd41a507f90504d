import type { Schemas } from './index.ts'

/**
 * Returns the data of a successful response.
 * @throws NeptunError for an error response; errors of `fetch` itself are passed through
 */
export async function unwrap<Result extends { data?: unknown, error?: unknown, response: Response }>(
  call: Promise<Result>,
) {
  const { data, error, response } = await call
  if (!response.ok) throw new NeptunError(response, error)
  return data as Result extends { data: infer Data } ? Data : never
}

/** An error response, with the message from the server. */
export class NeptunError extends Error {
  override name = 'NeptunError'
  readonly status: number
  /** Details, such as the `issues` of an invalid request or the `shareInfo` of a share. */
  readonly data: Partial<Schemas['Error']['data'] & Schemas['ShareRefusal']['data']>

  /** @param error the response body, which can be of any type if the response comes from a proxy */
  constructor({ status, statusText }: Response, error: unknown) {
    const { message, data } = Object(error) as Partial<Schemas['Error']>
    super(message ?? `${status} ${statusText}`.trim())
    this.status = status
    this.data = data ?? {}
  }
}
