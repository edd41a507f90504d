import { z } from 'zod'
import type { ZodOpenApiMediaTypeObject, ZodOpenApiOperationObject, ZodOpenApiRequestBodyObject } from 'zod-openapi'
import { shapeOf } from '#server/contracts/bodies'
import { routeOf, type Contract } from '#server/contracts/contract'
import { Id } from '#server/contracts/fields'
import { mostFiles } from '#server/contracts/files'
import { examples, type Example } from './examples.ts'
import { responsesOf } from './responses.ts'

/** What an endpoint takes and gives, as OpenAPI tells it. */
export function operationOf(name: string, resource: string, contract: Contract): ZodOpenApiOperationObject {
  const { summary, description, response } = contract
  const example = examples[name]
  return {
    operationId: name,
    tags: [resource],
    summary,
    ...description && { description },
    security: securityOf(contract),
    requestParams: { path: pathOf(contract), query: queryOf(contract), ...!response && { header: conditions } },
    ...contract.body && { requestBody: bodyOf(contract, example) },
    responses: responsesOf(contract, example),
  }
}

/** A share opens without any credentials, with a session, with a password, or with both. */
function securityOf({ session, body }: Contract): Record<string, string[]>[] {
  if (session === 'ignored') return []
  if (session === 'required') return [{ session: [] }]
  return [{}, { session: [] }, ...body ? [] : [{ sharePassword: [] }, { session: [], sharePassword: [] }]]
}

function pathOf({ route }: Contract) {
  const { parameters } = routeOf(route)
  return z.object(Object.fromEntries(parameters.map(name => [name, name.endsWith('_id') ? Id : z.guid()])))
}

function queryOf({ query, list }: Contract) {
  return z.object({ ...(query as z.ZodObject | undefined)?.shape, ...list?.paging.shape })
}

/** What a download may be asked with; see RFC 9110, 13 and 14. */
const conditions = z.object({
  'Range': z.string().optional().meta({ description: 'The part that is wanted', example: 'bytes=0-1023' }),
  'If-Range': z.string().optional().meta({ description: 'The `ETag` that the range is of' }),
  'If-None-Match': z.string().optional().meta({ description: 'The `ETag` of what the caller has already' }),
})

function bodyOf({ body, form }: Contract, { request }: Example = {}): ZodOpenApiRequestBodyObject {
  return {
    required: !body!.safeParse({}).success,
    content: {
      'application/json': { schema: shapeOf(body!), ...request !== undefined && { example: request } },
      ...form && { 'multipart/form-data': files },
    },
  }
}

const files: ZodOpenApiMediaTypeObject = {
  schema: {
    type: 'object',
    properties: {
      files: {
        type: 'array',
        description: 'The files, each with its name; the name of the field does not matter',
        items: { type: 'string', format: 'binary' },
        minItems: 1,
        maxItems: mostFiles,
      },
    },
    required: ['files'],
  },
}
