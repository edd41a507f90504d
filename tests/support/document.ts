import addFormats from 'ajv-formats'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import document from '../../openapi.json' with { type: 'json' }
import type { ApiResponse } from './http.ts'

interface Operation {
  operationId: string
  responses: Record<string, DocumentedResponse>
}

interface DocumentedResponse {
  content?: Record<string, { examples?: Record<string, { value: { data: { name?: string } } }> }>
  headers?: Record<string, { required?: boolean }>
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats(ajv)
// Stricter than RFC 3339: the API writes all times in UTC with milliseconds.
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
ajv.addSchema(document, 'document')

const validators = new Map<string, ValidateFunction>()

/** Looks up a part of the document by its keys, following references; `pointer` is where it was found. */
function lookUp<Part>(...keys: string[]): { pointer: string, value: Part | undefined } {
  let value: unknown = document
  for (const key of keys) value = (value as Record<string, unknown> | undefined)?.[key]
  const { $ref } = (value ?? {}) as { $ref?: string }
  if ($ref) return lookUp(...$ref.split('/').slice(1))
  const escaped = keys.map(key => key.replaceAll('~', '~0').replaceAll('/', '~1'))
  return { pointer: escaped.join('/'), value: value as Part | undefined }
}

/** All documented paths. Those with fewer parameters come first, in the order in which the router matches them. */
const paths = Object.entries(document.paths)
  .map(([template, methods]) => ({
    template,
    methods: Object.keys(methods),
    pattern: new RegExp(`^${template.replaceAll(/{\w+}/g, '[^/]*')}$`),
  }))
  .sort((a, b) => a.template.split('{').length - b.template.split('{').length)

/** The path of a request target, without a host, as in an absolute form, and without the query. */
const pathOf = (target: string) => target.replace(/^https?:\/\/[^/?]*\/?/i, '/').split('?')[0]!

/** The documented path that a request target matches, percent-encoded or not, with or without a trailing slash. */
function matchPath(target: string) {
  const decoded = pathOf(target).replace(/(?<=.)\/$/, '').replaceAll(/%(?!2f)[2-7][\da-f]/gi, decodeURIComponent)
  return paths.find(({ pattern }) => pattern.test(decoded))
}

/** All documented statuses of all operations, as `operationId status`. */
export const declaredStatuses = paths.flatMap(({ template, methods }) => methods.flatMap((method) => {
  const { operationId, responses } = lookUp<Operation>('paths', template, method).value!
  return Object.keys(responses).map(status => `${operationId} ${status}`)
}))

/**
 * The status of a response as `operationId status`; undefined where there is no such operation, as for most HEAD, and
 * for a malformed request, whose 400 is not that of an operation.
 */
export function statusOf(method: string, path: string, response: ApiResponse): string | undefined {
  if (isMalformed(method, response)) return undefined
  const template = matchPath(path)?.template
  const operation = template && lookUp<Operation>('paths', template, method.toLowerCase()).value
  return operation && `${operation.operationId} ${response.status}`
}

/** The method of the operation that a request has. A HEAD without one of its own is answered as GET. */
const documentedMethod = (method: string, methods: string[] = []) =>
  method === 'HEAD' && !methods.includes('head') ? 'get' : method.toLowerCase()

/** Pages for people and tools, which the document does not describe. */
const pages = /^\/($|docs|openapi\.json$)/

/**
 * Checks a response against the document: its status, content type and cookies, the schema of its body (which allows
 * no further fields), and the wording of its error message.
 * @param path as it was sent, with its query
 * @returns what is not as documented
 */
export function violationsOf(method: string, path: string, response: ApiResponse): string[] {
  const isPage = pages.test(pathOf(path))
  if (isPage && response.status < 400) return []
  if (isGeneralError(method, response)) return []
  const match = matchPath(path)
  const operation = documentedMethod(method, match?.methods)
  if (!match?.methods.includes(operation))
    return violationsOfUnrouted(isPage || !!match, method, response)
  const { status, headers } = response
  const keys = ['paths', match.template, operation, 'responses', String(status)]
  const { pointer, value: documented } = lookUp<DocumentedResponse>(...keys)
  if (!documented) return [`undocumented status ${status}: ${response.text.slice(0, 500)}`]
  const { content, headers: declared = {} } = documented
  const missing = Object.keys(declared).filter(name => declared[name]!.required && !headers.has(name))
  const violations = missing.map(name => `lacks the header ${name}`)
  if (headers.has('set-cookie') && !declared['Set-Cookie']) violations.push('sets an undocumented cookie')
  if (method === 'HEAD' || !content) return [...violations, ...response.bytes.length > 0 ? ['has a body'] : []]
  return [...violations, ...content['application/json'] ? violationsOfJson(pointer, content, response) : []]
}

function violationsOfJson(
  pointer: string,
  content: NonNullable<DocumentedResponse['content']>,
  { status, headers, body, error }: ApiResponse,
): string[] {
  if (headers.get('content-type') !== 'application/json') return [`has the content type ${headers.get('content-type')}`]
  const violations: string[] = []
  const { examples = {} } = content['application/json']!
  if ([401, 403, 404, 409].includes(status) && !(error?.message in examples))
    violations.push(`has the undocumented message ${JSON.stringify(error?.message)}`)
  const documentedName = examples[error?.message]?.value.data.name
  if (documentedName !== undefined && documentedName !== error.data.name)
    violations.push(`has the name ${error.data.name} instead of ${documentedName}`)
  const validate = validatorAt(`${pointer}/content/application~1json/schema`)
  if (!validate(body)) {
    violations.push(...validate.errors!.map(({ instancePath, message, params }) =>
      `${instancePath} ${message} ${JSON.stringify(params)}`))
  }
  return violations
}

function validatorAt(pointer: string): ValidateFunction {
  const known = validators.get(pointer)
  if (known) return known
  const validate = ajv.compile({ $ref: `document#/${pointer.replaceAll('{', '%7B').replaceAll('}', '%7D')}` })
  validators.set(pointer, validate)
  return validate
}

/**
 * Checks a response of no operation: a 404, a 400 for a malformed Host header, a 403 for a change from another site,
 * or, on a known path, a 405 or the 204 of OPTIONS.
 */
function violationsOfUnrouted(
  isPath: boolean,
  method: string,
  { status, headers, body }: ApiResponse,
): string[] {
  if (isPath && method === 'OPTIONS' && status === 204) return headers.has('allow') ? [] : ['lacks the header Allow']
  if (![400, 403, 404, ...isPath ? [405] : []].includes(status))
    return [`unexpected status ${status} without an operation`]
  return method === 'HEAD' || isDocumentedError(body) ? [] : ['is not a documented error']
}

const malformed = ['The Host header is malformed.', 'The request is not valid HTTP.']

/** Whether a response is a 400 that the document describes once for all operations. */
const isMalformed = (method: string, { status, text, error }: ApiResponse): boolean =>
  status === 400 && (method === 'HEAD' ? text === '' : malformed.includes(error?.message))

/**
 * Whether a response is an error that the document describes once for all operations: the request has no operation
 * yet, or too many others are being processed.
 */
const isGeneralError = (method: string, response: ApiResponse): boolean =>
  isMalformed(method, response)
  || ([408, 417, 429, 431].includes(response.status) && isDocumentedError(response.body))

const isDocumentedError = (body: unknown) => validatorAt('components/schemas/Error')(body)
