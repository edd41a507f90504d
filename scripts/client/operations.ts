import { upperFirst, placesOf } from './names.ts'

/** The part of JSON Schema that the types of the client depend on. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  format?: string
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
  maximum?: number
}

interface Parameter {
  in: string
  name: string
  schema: Schema
}

interface DocumentedOperation {
  operationId: string
  summary: string
  description?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean, content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, DocumentedOperation>>
}

/** An operation as the client has it. */
export interface Operation {
  id: string
  namespace: string | undefined
  method: string
  noun: string
  route: string
  /** The summary and the description. */
  description: string[]
  /** The parameters of the path, without that of the user. */
  ids: { name: string, type: string }[]
  query: Parameter[]
  headers: string[]
  body: Schema | undefined
  isBodyRequired: boolean
  takesForm: boolean
  status: number
  /** Undefined if a success has no body, or if the body is binary. */
  response: Schema | undefined
  isDownload: boolean
}

/** The operations of a document that the client has methods for: all but HEAD. */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  const all = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods)
    .filter(([method]) => method !== 'head')
    .map(([method, documented]) => ({ path, httpMethod: method.toUpperCase(), ...documented })))
  const places = placesOf(all)
  return all.map(({ operationId: id, path, httpMethod, summary, description, parameters = [], ...rest }) => {
    const [status, success] = Object.entries(rest.responses).find(([status]) => status.startsWith('2'))!
    const { requestBody } = rest
    const content = success.content ?? {}
    return {
      id,
      ...places.get(id)!,
      route: `${httpMethod} ${path}`,
      description: [`${summary}.`, ...description ? [description] : []],
      ids: parameters
        .filter(({ in: place, name }) => place === 'path' && name !== 'user_id')
        .map(({ name, schema }) => ({ name, type: schema.type === 'integer' ? 'number' : 'string' })),
      query: parameters.filter(parameter => parameter.in === 'query'),
      headers: parameters.filter(parameter => parameter.in === 'header').map(({ name }) => name),
      body: requestBody?.content['application/json']?.schema,
      isBodyRequired: requestBody?.required ?? false,
      takesForm: 'multipart/form-data' in (requestBody?.content ?? {}),
      status: Number(status),
      response: content['application/json']?.schema,
      isDownload: Object.values(content).some(({ schema }) => schema.format === 'binary'),
    }
  })
}

/** The name of a type that an operation has without a name in the document. */
export function typeNameOf({ id, method, noun }: Operation, part: 'Query' | 'Body' | 'Result'): string {
  if (part === 'Body' && method.startsWith('create')) return `New${noun}`
  if (part === 'Body' && method.startsWith('update')) return `${noun}Changes`
  return upperFirst(id) + part
}

/** A body that is a list, or one item or a list. */
export interface ListBody {
  /** The property that has the list. */
  key: string
  item: Schema
  /** Whether a single item can take the place of the list. */
  canBeOne: boolean
}

/** Describes a body that has nothing but a list, also as an alternative to a single item or to the list itself. */
export function listBodyOf(body: Schema): ListBody | undefined {
  const alternatives = body.anyOf ?? [body]
  const list = alternatives.find(({ properties = {} }) => {
    const [property, ...others] = Object.values(properties)
    return property?.type === 'array' && others.length === 0
  })
  if (!list || alternatives.length > 2) return undefined
  const [[key, { items }]] = Object.entries(list.properties!) as [[string, Schema]]
  const other = alternatives.find(alternative => alternative !== list)
  const canBeOne = JSON.stringify(other) === JSON.stringify(items)
  return !other || canBeOne || other.type === 'array' ? { key, item: items!, canBeOne } : undefined
}

/** The only property of an object, apart from the cursor of the next page. */
export function onlyPropertyOf({ properties = {} }: Schema): [name: string, schema: Schema] | undefined {
  const entries = Object.entries(properties).filter(([name]) => name !== 'next_cursor')
  return entries.length === 1 ? entries[0] : undefined
}
