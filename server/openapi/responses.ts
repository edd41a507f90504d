import { STATUS_CODES } from 'node:http'
import type { z } from 'zod'
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import type { Contract } from '#server/contracts/contract'
import { ErrorAnswer } from '#server/contracts/errors'
import type { HttpError } from '#server/errors/http-error'
import { commonErrors, errorsOf } from './errors.ts'
import type { Example } from './examples.ts'

/** Every status that an endpoint can give, with the shape of its answer. */
export function responsesOf(contract: Contract, example: Example = {}): ZodOpenApiResponsesObject {
  const errors = Object.entries(Object.groupBy(errorsOf(contract), ({ status }) => status))
  return {
    ...contract.response ? { [contract.status]: success(contract, example) } : download,
    ...Object.fromEntries(errors.map(([status, errors]) => [status, failure(contract, status, errors!, example)])),
  }
}

function success({ status, response, cookie }: Contract, { response: example }: Example): ZodOpenApiResponseObject {
  return {
    description: STATUS_CODES[status]!,
    content: { 'application/json': { schema: response!, ...example !== undefined && { example } } },
    ...cookie && { headers: { 'Set-Cookie': header(`The cookie \`${cookie}\``) } },
  }
}

function failure({ refusal }: Contract, status: string, errors: HttpError[], { refusals }: Example): ZodOpenApiResponseObject {
  if (refusal && ['401', '403', '404'].includes(status)) return errorResponse(errors, refusal, refusals?.[status])
  return errors.length === 1 ? commonResponses.get(errors[0]!) ?? errorResponse(errors) : errorResponse(errors)
}

/** With an example for each message that comes with this status, or the one that was recorded. */
function errorResponse(errors: HttpError[], schema: z.ZodType = ErrorAnswer, recorded?: { message: string }): ZodOpenApiResponseObject {
  const answers = recorded ? [recorded] : errors.map(error => error.toJSON())
  return {
    description: errors.map(({ message }) => message.replace(/\.$/, '')).join('; '),
    content: { 'application/json': { schema, examples: Object.fromEntries(answers.map(value => [value.message, { value }])) } },
    ...errors[0]!.status === 503 && { headers: { 'Retry-After': header('Seconds after which to try again') } },
  }
}

function header(description: string) {
  return { description, schema: { type: 'string' as const } }
}

/** They stand in the document once. */
const commonResponses = new Map(Object.entries(commonErrors).map(([id, error]) => [error, { id, ...errorResponse([error]) }]))

const bytes = { '*/*': { schema: { type: 'string' as const, format: 'binary' } } }

const ofDownload = {
  'ETag': header('Names this content, which never changes'),
  'Accept-Ranges': header('`bytes`'),
  'Content-Disposition': header('`attachment`, with the name of the file'),
}

const download: ZodOpenApiResponsesObject = {
  200: { description: 'The content', content: bytes, headers: ofDownload },
  206: { description: 'The part that was asked for', content: bytes, headers: { ...ofDownload, 'Content-Range': header('Which part it is') } },
  304: { description: 'The content is what the caller has already', headers: { ETag: ofDownload.ETag } },
}
