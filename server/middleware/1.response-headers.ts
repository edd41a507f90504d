import { defineEventHandler, setResponseHeaders } from 'h3'
import { shareHeaders, standardHeaders } from '#server/endpoint/response-headers'
import { isAsset } from '#server/endpoint/route'
import { assetHeaders } from '#server/endpoint/security-headers'

const shares = /^\/api\/(?:shared|users\/[^/]+\/chats\/[^/]+\/shares)(?:[/?]|$)/

/** Sets the headers that responses have whatever their status. */
export default defineEventHandler((event) => {
  event.node.res.setHeaders(standardHeaders())
  if (shares.test(event.path)) setResponseHeaders(event, shareHeaders)
  else if (isAsset(event.path)) setResponseHeaders(event, assetHeaders)
})
