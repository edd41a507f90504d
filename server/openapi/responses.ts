import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import { isCreating, type Contract } from '#server/contracts/kit/contract'
import { ErrorBody } from '#server/contracts/kit/error-body'
import { takesIfNoneMatch, versionedProperty } from '#server/contracts/kit/versions'
import { commonErrors, documentedErrors } from '#server/endpoint/documented-errors'
import type { HttpError } from '#server/endpoint/http-error'
import type { Example } from './examples.ts'

/** Creates the OpenAPI responses of an endpoint, one for each status. */
export function createResponses(contract: Contract, example: Example): ZodOpenApiResponsesObject {
  const errors = Object.entries(Object.groupBy(documentedErrors(contract), ({ status }) => status))
  return {
    ...createSuccesses(contract, example),
    ...Object.fromEntries(errors.map(([status, errors]) =>
      [status, createFailure(contract, status, errors!, example)])),
  }
}

function createSuccesses(contract: Contract, example: Example): ZodOpenApiResponsesObject {
  const { status, response } = contract
  if (status === 204) return { 204: { description: STATUS_CODES[204]! } }
  if (!response) return download
  return {
    [status]: createSuccess(contract, response, example),
    ...takesIfNoneMatch(contract) && {
      304: { description: 'The client already has this state', headers: { ETag: header(entityTag) } },
    },
  }
}

function createSuccess(
  contract: Contract,
  schema: z.ZodType,
  { response }: Example,
): ZodOpenApiResponseObject {
  const { status, cookie } = contract
  const headers = {
    ...cookie && { 'Set-Cookie': optionalHeader(`The cookie \`${cookie}\``) },
    ...versionedProperty(contract) && { ETag: hasAlternatives(schema) ? optionalHeader(entityTag) : header(entityTag) },
    ...isCreating(contract) && {
      'Idempotent-Replayed': optionalHeader('`true` if an earlier request created the rows'),
    },
  }
  return {
    description: STATUS_CODES[status]!,
    content: { 'application/json': { schema, ...response !== undefined && { example: response } } },
    ...Object.keys(headers).length > 0 && { headers },
  }
}

function createFailure(
  { route, refusal }: Contract,
  status: string,
  errors: HttpError[],
  { refusals }: Example,
): ZodOpenApiResponseObject {
  if (route.startsWith('HEAD ')) return { description: describe(errors) }
  if (refusal && ['401', '403', '404'].includes(status)) {
    // The request is rejected before the share is read.
    const schema = errors.includes(commonErrors.CrossSiteChange) ? z.union([refusal, ErrorBody]) : refusal
    return createErrorResponse(errors, schema, refusals?.[status])
  }
  const common = errors.length === 1 ? commonResponses.get(errors[0]!) : undefined
  return common ?? createErrorResponse(errors)
}

/** Has an example for each message of the status: the recorded one, if there is one. */
function createErrorResponse(
  errors: HttpError[],
  schema: z.ZodType = ErrorBody,
  recorded?: { message: string },
): ZodOpenApiResponseObject {
  const bodies = errors.map(error => recorded?.message === error.message ? recorded : error.toJSON())
  const examples = Object.fromEntries(bodies.map(value => [value.message, { value }]))
  return {
    description: describe(errors),
    content: { 'application/json': { schema, examples } },
    ...errors.some(hasRetryAfter) && {
      headers: { 'Retry-After': errors.every(hasRetryAfter) ? header(retryAfter) : optionalHeader(retryAfter) },
    },
  }
}

const describe = (errors: HttpError[]) => errors.map(({ message }) => message.replace(/\.$/, '')).join('; ')

const hasRetryAfter = ({ headers }: HttpError) => 'Retry-After' in headers
const retryAfter = 'Seconds to wait before the next attempt'

const entityTag = 'Identifies the state of the fields that requests change'

/** Whether a response may be something else than the object with the resource. */
const hasAlternatives = (response: z.ZodType) => !(response instanceof z.ZodObject)

/** A header that not every response has. */
const optionalHeader = (description: string) => ({ description, schema: { type: 'string' as const } })

const header = (description: string) => ({ ...optionalHeader(description), required: true })

/** The document defines these responses once and refers to them. */
const commonResponses = new Map(Object.entries(commonErrors).map(([id, error]) =>
  [error, { id, ...createErrorResponse([error]) }]))

const binary = { '*/*': { schema: { type: 'string' as const, format: 'binary' } } }

const downloadHeaders = {
  'ETag': header('Identifies the content, which never changes'),
  'Accept-Ranges': header('`bytes`'),
  'Content-Disposition': header('`attachment` with the file name'),
}

const download: ZodOpenApiResponsesObject = {
  200: { description: 'The content', content: binary, headers: downloadHeaders },
  206: {
    description: 'The requested part of the content',
    content: binary,
    headers: { ...downloadHeaders, 'Content-Range': header('The range of this part') },
  },
  304: { description: 'The client already has the content', headers: { ETag: downloadHeaders.ETag } },
}
