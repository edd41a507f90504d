import { defineEventHandler } from 'h3'
import { publicPath } from '#server/endpoint/base-url'
import { sendBody } from '#server/endpoint/send'
import { demoAccount } from '#server/demo/account'
import { createOpenApiDocument } from '#server/openapi/document'

let document: string | undefined

/** In development, the login in the API reference is that of the demo account. */
const requests = import.meta.dev ? { logIn: demoAccount } : {}

/** The OpenAPI document, created at the first request. */
export default defineEventHandler((event) => {
  document ??= JSON.stringify(createOpenApiDocument(publicPath(''), requests))
  return sendBody(event, document, 'application/json')
})
