import { z } from 'zod'
import type { ZodOpenApiMediaTypeObject, ZodOpenApiOperationObject, ZodOpenApiRequestBodyObject } from 'zod-openapi'
import type { Contract } from '#server/contracts/kit/contract'
import { maxFilesPerRequest } from '#server/contracts/kit/limits'
import { fieldsOf, shapeOf, takesText } from '#server/contracts/kit/shapes'
import type { Example } from './examples.ts'
import { parametersOf } from './parameters.ts'
import { createResponses } from './responses.ts'

/** Creates the OpenAPI operation of an endpoint. */
export function createOperation(
  name: string,
  group: string,
  contract: Contract,
  example: Example,
): ZodOpenApiOperationObject {
  const { summary, description } = contract
  return {
    operationId: name,
    tags: [group],
    summary,
    ...description && { description },
    security: securityOf(contract),
    requestParams: parametersOf(contract),
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

function createRequestBody(
  { upload }: Contract,
  body: z.ZodType,
  { request }: Example,
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
