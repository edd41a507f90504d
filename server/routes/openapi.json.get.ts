import { defineEventHandler } from 'h3'
import { describeApi } from '#server/openapi/document'
import { publicPath } from '#server/utils/links'
import { sendBody } from '#server/utils/send'

let document: string | undefined

/** The API, described for tools; made once. */
export default defineEventHandler((event) => {
  document ??= JSON.stringify(describeApi(publicPath('') || '/'))
  return sendBody(event, document, 'application/json')
})
