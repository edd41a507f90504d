import { z } from 'zod'
import { maxLength } from '#db/rules'
import { isCreating, parseRoute, type Contract } from '#server/contracts/kit/contract'
import { Id } from '#server/contracts/kit/fields'
import { ifMatchParameter, takesIfNoneMatch } from '#server/contracts/kit/versions'
import { demoShareUuid } from '#server/demo/share'

/** The parameters of an endpoint. */
export function parametersOf(contract: Contract) {
  const { parameters } = parseRoute(contract.route)
  return {
    path: z.object(Object.fromEntries(parameters.map(name => [name, pathParameters[name]!]))),
    query: z.object(contract.query?.shape ?? {}),
    header: z.object(headersOf(contract)),
  }
}

function headersOf(contract: Contract): z.ZodRawShape {
  if (!contract.response && contract.status === 200) return downloadHeaders
  if (isCreating(contract)) return creationHeaders
  if (ifMatchParameter(contract)) return changeHeaders
  return takesIfNoneMatch(contract) ? readHeaders : {}
}

/** A parameter in the OpenAPI document. */
export interface Parameter {
  required?: boolean
  description?: string
  example?: unknown
  examples?: object
  schema: { description?: string, example?: unknown }
}

/**
 * Moves the description and the example of a parameter out of its schema. `x-disabled` is an extension of Scalar, which
 * would otherwise put every optional parameter into the requests that it writes.
 */
export function describeParameter(parameter: Parameter): void {
  const { description, example, ...schema } = parameter.schema
  const examples = { example: { 'value': example, 'x-disabled': true } }
  Object.assign(parameter, { description, schema, ...parameter.required ? { example } : { examples } })
}

const id = (description: string, example = 1) => Id.meta({ description, example })

/** The parameters of paths. The examples refer to the demo data. */
const pathParameters: Record<string, z.ZodType> = {
  user_id: id('The id of the signed-in user, which sign-up and login return; any other is a 404'),
  session_id: id('The id of a session', 2),
  project_id: id('The id of a project'),
  chat_id: id('The id of a chat'),
  message_id: id('The id of a message of the chat', 3),
  file_id: id('The id of a file'),
  share_id: id('The id of the share of the chat'),
  entry_id: id('The id of an entry of the whitelist'),
  uuid: z.guid().meta({ description: 'The `uuid` of a share, with which its link ends', example: demoShareUuid }),
}

/** The request headers of a download; see RFC 9110, sections 13 and 14. */
const downloadHeaders = {
  'Range': z.string().optional().meta({ description: 'The requested part', example: 'bytes=0-1023' }),
  'If-Range': z.string().optional().meta({ description: 'The `ETag` that the range refers to', example: '"1"' }),
  'If-None-Match': z.string().optional().meta({
    description: 'The `ETag` of the content that the client has', example: '"1"',
  }),
}

/** The request header of a creation; see draft-ietf-httpapi-idempotency-key-header. */
const creationHeaders = {
  'Idempotency-Key': z.string().min(1).max(maxLength.idempotencyKey).regex(/^[!-~]+$/).optional().meta({
    description: 'A key of your choice, new for each request, with which it can be repeated without creating more',
    example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
  }),
}

/** The request header of a change of a resource with a version; see RFC 9110, section 13. */
const changeHeaders = {
  'If-Match': z.string().optional().meta({
    description: 'The `ETag` of the state that may be changed, several of them, or `*`', example: '"7-2"',
  }),
}

/** The request header of a read of a resource with a version. */
const readHeaders = {
  'If-None-Match': z.string().optional().meta({
    description: 'The `ETag` of the state that the client has', example: '"7-2"',
  }),
}
