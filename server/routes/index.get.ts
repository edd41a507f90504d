import { defineEventHandler, sendRedirect } from 'h3'
import { publicPath } from '#server/endpoint/base-url'

/** Redirects browsers to the API reference. */
export default defineEventHandler(event => sendRedirect(event, publicPath('/docs')))
