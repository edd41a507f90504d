import { defineEventHandler } from 'h3'
import { publicPath } from '#server/endpoint/base-url'
import { sendBody } from '#server/endpoint/send'
import { createOpenApiDocument } from '#server/openapi/document'

let document: string | undefined

/** The OpenAPI document, created at the first request. */
export default defineEventHandler((event) => {
  document ??= JSON.stringify(createOpenApiDocument(publicPath('')))
  return sendBody(event, document, 'application/json')
})
