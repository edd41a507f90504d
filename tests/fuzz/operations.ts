import document from '../../openapi.json' with { type: 'json' }
import type { Schema } from './schema-values.ts'

interface Parameter {
  in: string
  name: string
  schema: Schema
}

interface DocumentedOperation {
  operationId: string
  parameters: Parameter[]
  requestBody?: { required: boolean, content: Record<string, { schema: Schema }> }
}

/** What generating a request requires of an operation. */
export interface Operation {
  name: string
  method: string
  /** The path template: `/api/users/{user_id}/chats`. */
  path: string
  query: Parameter[]
  headers: string[]
  body?: Schema
  requiresBody: boolean
  /** Whether it takes multipart forms. */
  acceptsFiles: boolean
}

function toOperation(method: string, path: string, documented: DocumentedOperation): Operation {
  const { operationId, parameters, requestBody } = documented
  return {
    name: operationId,
    method: method.toUpperCase(),
    path,
    query: parameters.filter(parameter => parameter.in === 'query'),
    headers: parameters.filter(parameter => parameter.in === 'header').map(({ name }) => name),
    body: requestBody?.content['application/json']?.schema,
    requiresBody: requestBody?.required ?? false,
    acceptsFiles: requestBody !== undefined && 'multipart/form-data' in requestBody.content,
  }
}

/** All operations of the document. */
export const operations: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as unknown as Record<string, DocumentedOperation>).map(([method, documented]) =>
    toOperation(method, path, documented)))

/** Finds the operation with exactly this method and path template. */
export const findOperation = (method: string, path: string): Operation | undefined =>
  operations.find(operation => operation.method === method && operation.path === path)
