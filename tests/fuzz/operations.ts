import document from '../../openapi.json' with { type: 'json' }
import type { Schema } from './schema-values.ts'

interface Parameter {
  in: string
  name: string
  schema: Schema
}

interface Described {
  operationId: string
  parameters: Parameter[]
  requestBody?: { required: boolean, content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
}

/** What a request has to know of an operation. */
export interface Operation {
  name: string
  method: string
  /** With the names of its ids: `/api/users/{user_id}/chats`. */
  path: string
  query: Parameter[]
  headers: string[]
  body?: Schema
  isBodyNeeded: boolean
  takesForms: boolean
}

/** Every operation of the document. */
export const operations: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as unknown as Record<string, Described>).map(([method, { operationId, parameters, requestBody }]) => ({
    name: operationId,
    method: method.toUpperCase(),
    path,
    query: parameters.filter(parameter => parameter.in === 'query'),
    headers: parameters.filter(parameter => parameter.in === 'header').map(({ name }) => name),
    body: requestBody?.content['application/json']?.schema,
    isBodyNeeded: requestBody?.required ?? false,
    takesForms: requestBody !== undefined && 'multipart/form-data' in requestBody.content,
  })))

/** The operation that a request names, if its path stands there as it is. */
export const operationOf = (method: string, path: string): Operation | undefined =>
  operations.find(operation => operation.method === method && operation.path === path)
