import { z } from 'zod'
import type { ZodOpenApiMediaTypeObject, ZodOpenApiOperationObject, ZodOpenApiRequestBodyObject } from 'zod-openapi'
import { maxLength } from '#db/rules'
import { isCreating, parseRoute, type Contract } from '#server/contracts/kit/contract'
import { Id } from '#server/contracts/kit/fields'
import { maxFilesPerRequest } from '#server/contracts/kit/limits'
import { fieldsOf, shapeOf, takesText } from '#server/contracts/kit/shapes'
import { ifMatchParameter, takesIfNoneMatch } from '#server/contracts/kit/versions'
import { examples, type Example } from './examples.ts'
import { createResponses } from './responses.ts'

/** Creates the OpenAPI operation of an endpoint. */
export function createOperation(name: string, group: string, contract: Contract): ZodOpenApiOperationObject {
  const { summary, description, query, response, status } = contract
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
      ...!response && status === 200 && { header: downloadHeaders },
      ...isCreating(contract) && { header: creationHeaders },
      ...ifMatchParameter(contract) && { header: changeHeaders },
      ...takesIfNoneMatch(contract) && { header: readHeaders },
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

/** The request header of a creation; see draft-ietf-httpapi-idempotency-key-header. */
const creationHeaders = z.object({
  'Idempotency-Key': z.string().min(1).max(maxLength.idempotencyKey).regex(/^[!-~]+$/).optional().meta({
    description: 'A key of your choice, new for each request, with which it can be repeated without creating more',
    example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
  }),
})

/** The request header of a change of a resource with a version; see RFC 9110, section 13. */
const changeHeaders = z.object({
  'If-Match': z.string().optional().meta({
    description: 'The `ETag` of the state that may be changed, several of them, or `*`', example: '"7-2"',
  }),
})

/** The request header of a read of a resource with a version. */
const readHeaders = z.object({
  'If-None-Match': z.string().optional().meta({
    description: 'The `ETag` of the state that the client has', example: '"7-2"',
  }),
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
      'application/x-www-form-urlencoded': urlencoded(body),
      ...upload && { 'multipart/form-data': form },
    },
  }
}

/** A form has the fields of the JSON body. Those that do not take text are JSON. */
function urlencoded(body: z.ZodType): ZodOpenApiMediaTypeObject {
  const values = fieldsOf(body).filter(name => !takesText(body, name))
  return {
    schema: withFields(shapeOf(body)),
    ...values.length > 0 && {
      encoding: Object.fromEntries(values.map(name => [name, { contentType: 'application/json' }])),
    },
  }
}

/** A shape without the alternatives that are not objects. */
function withFields(shape: z.ZodType): z.ZodType {
  if (!(shape instanceof z.ZodUnion)) return shape
  const options = (shape.options as z.ZodType[]).filter(option => fieldsOf(option).length > 0)
  return options.length > 1 ? z.union(options) : options[0]!
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
