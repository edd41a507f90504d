import { z } from 'zod'
import type { ZodOpenApiMediaTypeObject, ZodOpenApiOperationObject, ZodOpenApiRequestBodyObject } from 'zod-openapi'
import { shapeOf } from '#server/contracts/kit/bodies'
import { parseRoute, type Contract } from '#server/contracts/kit/contract'
import { Id } from '#server/contracts/kit/fields'
import { maxFilesPerRequest } from '#server/contracts/kit/limits'
import { examples, type Example } from './examples.ts'
import { createResponses } from './responses.ts'

/** Creates the OpenAPI operation of an endpoint. */
export function createOperation(name: string, group: string, contract: Contract): ZodOpenApiOperationObject {
  const { summary, description, query, response } = contract
  const example = examples[name]
  return {
    operationId: name,
    tags: [group],
    summary,
    ...description && { description },
    security: securityOf(contract),
    requestParams: {
      path: pathOf(contract),
      query: z.object(query?.shape ?? {}),
      ...!response && { header: downloadHeaders },
    },
    ...contract.body && { requestBody: createRequestBody(contract, contract.body, example) },
    responses: createResponses(contract, example),
  }
}

/** A share may require no credentials, a session, a password, or both. */
function securityOf({ session, body }: Contract): Record<string, string[]>[] {
  if (session === 'ignored') return []
  if (session === 'required') return [{ session: [] }]
  return [{}, { session: [] }, ...body ? [] : [{ sharePassword: [] }, { session: [], sharePassword: [] }]]
}

function pathOf({ route }: Contract) {
  const { parameters } = parseRoute(route)
  return z.object(Object.fromEntries(parameters.map(name => [name, name.endsWith('_id') ? Id : z.guid()])))
}

/** The request headers of a download; see RFC 9110, sections 13 and 14. */
const downloadHeaders = z.object({
  'Range': z.string().optional().meta({ description: 'The requested part', example: 'bytes=0-1023' }),
  'If-Range': z.string().optional().meta({ description: 'The `ETag` that the range refers to' }),
  'If-None-Match': z.string().optional().meta({ description: 'The `ETag` of the content that the client has' }),
})

function createRequestBody(
  { upload }: Contract,
  body: z.ZodType,
  { request }: Example = {},
): ZodOpenApiRequestBodyObject {
  return {
    required: !body.safeParse({}).success,
    content: {
      'application/json': { schema: shapeOf(body), ...request !== undefined && { example: request } },
      ...upload && { 'multipart/form-data': form },
    },
  }
}

const form: ZodOpenApiMediaTypeObject = {
  schema: {
    type: 'object',
    properties: {
      files: {
        type: 'array',
        description: 'The files with their names; the name of the form field is ignored',
        items: { type: 'string', format: 'binary' },
        minItems: 1,
        maxItems: maxFilesPerRequest,
      },
    },
    required: ['files'],
  },
}
