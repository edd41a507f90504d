import { defineEventHandler } from 'h3'
import { describeApi } from '#server/openapi/document'
import { sendBody } from '#server/utils/send'

let document: string | undefined

/** The API, described for tools; made once. */
export default defineEventHandler(event => sendBody(event, document ??= JSON.stringify(describeApi()), 'application/json'))
