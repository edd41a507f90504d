import type { Schemas } from './index.ts'

/**
 * The data of a call that succeeds.
 * @throws NeptunError if the server refuses; whatever `fetch` throws if no answer came
 */
export async function unwrap<Result extends { data?: unknown, error?: unknown, response: Response }>(call: Promise<Result>) {
  const { data, error, response } = await call
  if (!response.ok) throw new NeptunError(response, error)
  return data as Result extends { data: infer Data } ? Data : never
}

/** An answer that is no success; its message is the server's. */
export class NeptunError extends Error {
  override name = 'NeptunError'
  readonly status: number
  /** What the answer tells beside its message: the `issues` of an invalid request, the `shareInfo` of a share. */
  readonly data: Partial<Schemas['Error']['data'] & Schemas['ShareRefusal']['data']>

  /** @param error the body; whatever it is where not the server answered but a proxy before it */
  constructor({ status, statusText }: Response, error: unknown) {
    const { message, data } = Object(error) as Partial<Schemas['Error']>
    super(message ?? `${status} ${statusText}`.trim())
    this.status = status
    this.data = data ?? {}
  }
}
