import type { ServerResponse } from 'node:http'
import { maxCredentialsBytes } from '#server/contracts/kit/limits'
import { useConfig } from '#server/runtime/config'

/** The bytes of request bodies that are in memory. */
let held = 0

/**
 * Counts a body as long as it is in memory: until its response has been sent. What a body becomes when it is parsed
 * takes several times as much.
 * @returns a function that counts further bytes, and says whether there is room for them. There always is for a small
 *   body, so that large ones cannot keep anyone from logging in
 */
export function holdBody(response: ServerResponse): (bytes: number) => boolean {
  const { maxTotalBodyBytes } = useConfig()
  let size = 0
  response.once('close', () => held -= size)
  return (bytes) => {
    // What arrives after the response is dropped.
    if (response.closed) return false
    size += bytes
    held += bytes
    return size <= maxCredentialsBytes || held <= maxTotalBodyBytes
  }
}
