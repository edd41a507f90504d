import { defineEventHandler } from 'h3'
import { addressOf } from '#server/endpoint/client'
import { tooManyRequests } from '#server/endpoint/http-error'
import { useConfig } from '#server/runtime/config'

/** The responses that are under way, by the address of the client. */
const underWay = new Map<string, number>()

/** Limits the responses to an address that are under way, except for those to health checks. */
export default defineEventHandler(({ path, node: { req, res } }) => {
  if (path.startsWith('/health')) return
  const address = addressOf(req)
  const count = underWay.get(address) ?? 0
  if (count >= useConfig().maxResponsesPerAddress) throw tooManyRequests('address-responses')
  underWay.set(address, count + 1)
  res.once('close', () => {
    const rest = underWay.get(address)! - 1
    if (rest > 0) underWay.set(address, rest)
    else underWay.delete(address)
  })
})
