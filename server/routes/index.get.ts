import { defineEventHandler, sendRedirect } from 'h3'
import { publicPath } from '#server/utils/links'

/** Whoever opens the server in a browser wants to know what it can do. */
export default defineEventHandler(event => sendRedirect(event, publicPath('/docs')))
