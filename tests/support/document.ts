import addFormats from 'ajv-formats'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import document from '../../openapi.json' with { type: 'json' }
import type { Answer, Json } from './http.ts'

interface Response {
  content?: Record<string, { examples?: Record<string, unknown> }>
  headers?: Record<string, unknown>
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
// All times that the API gives are written in this one way.
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
ajv.addSchema(document, 'document')

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
const compiled = new Map<string, ValidateFunction>()

/** What is described at these keys; one that only refers to another place is looked up there. */
function at(...keys: string[]): { pointer: string, value: Json } {
  let value: Json = document
  for (const key of keys) value = value?.[key]
  if (value?.$ref) return at(...(value.$ref as string).split('/').slice(1))
  return { pointer: keys.map(escaped).join('/'), value }
}

/** Every endpoint by its path and method. The more parts of a path are fixed, the earlier it is tried, as the server does. */
const paths = Object.entries(document.paths)
  .map(([path, methods]) => ({ path, methods: Object.keys(methods), pattern: new RegExp(`^${path.replaceAll(/{\w+}/g, '[^/]*')}$`) }))
  .sort((a, b) => a.path.split('{').length - b.path.split('{').length)

/** What a path leads to, however it is written, and with a slash at its end or without; undefined for those that nobody answers. */
function pathOf(path: string) {
  const plain = path.split('?')[0]!.replace(/(?<=.)\/$/, '').replaceAll(/%(?!2f)[2-7][\da-f]/gi, decodeURIComponent)
  return paths.find(({ pattern }) => pattern.test(plain))
}

/** The statuses that the document declares of each endpoint, as `name status`. */
export const declaredStatuses = paths.flatMap(({ path, methods }) => methods.flatMap((method) => {
  const { operationId, responses } = at('paths', path, method).value as { operationId: string, responses: object }
  return Object.keys(responses).map(status => `${operationId} ${status}`)
}))

/** Which of the declared statuses an answer is, as `name status`; undefined if it is none of them. HEAD shows no body. */
export function statusOf(method: string, path: string, { status }: Answer): string | undefined {
  const template = pathOf(path)?.path
  const operation = template && at('paths', template, method.toLowerCase()).value
  return operation && `${operation.operationId} ${status}`
}

const methodOf = (method: string) => method === 'HEAD' ? 'get' : method.toLowerCase()

/** What is for people and for tools, and no part of the described API. */
const pages = /^\/($|docs|openapi\.json$)/

/**
 * What an answer has that the document does not declare: an undeclared status, another content type, a body that does
 * not fit its schema, a field or a cookie that nobody announced, an error in words that are none of its examples.
 * @param path as it was sent, with its query
 */
export function violationsOf(method: string, path: string, answer: Answer): string[] {
  const isPage = pages.test(path.split('?')[0]!)
  if (isPage && answer.status < 400) return []
  const template = pathOf(path)
  if (!template?.methods.includes(methodOf(method))) return violationsOfNowhere(isPage || !!template, method, answer)
  const { status, headers } = answer
  const response = at('paths', template.path, methodOf(method), 'responses', String(status))
  if (!response.value) return [`${status} is not declared: ${answer.text.slice(0, 500)}`]
  const { content, headers: declared } = response.value as Response
  const setsCookie = headers.has('set-cookie') && !declared?.['Set-Cookie'] ? ['sets a cookie that is not declared'] : []
  const missing = Object.keys(declared ?? {}).filter(name => name !== 'Set-Cookie' && !headers.has(name)).map(name => `lacks the header ${name}`)
  if (method === 'HEAD' || !content) return [...setsCookie, ...missing, ...answer.bytes.length > 0 ? ['has a body'] : []]
  return [...setsCookie, ...missing, ...content['application/json'] ? violationsOfJson(response.pointer, content, answer) : []]
}

function violationsOfJson(pointer: string, content: Response['content'], { status, headers, body }: Answer): string[] {
  if (headers.get('content-type') !== 'application/json') return [`is ${headers.get('content-type')}`]
  const { examples = {} } = content!['application/json']!
  const isNew = [401, 403, 404, 409].includes(status) && !(body?.message in examples)
  const validate = validatorAt(`${pointer}/content/application~1json/schema`)
  return [
    ...isNew ? [`says ${JSON.stringify(body?.message)}, which is not declared`] : [],
    ...validate(body) ? [] : validate.errors!.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`),
  ]
}

function validatorAt(pointer: string): ValidateFunction {
  const known = compiled.get(pointer)
  if (known) return known
  const validate = ajv.compile({ $ref: `document#/${pointer.replaceAll('{', '%7B').replaceAll('}', '%7D')}` })
  compiled.set(pointer, validate)
  return validate
}

/** Where no endpoint is: 404, or on a real path 405, or what its methods are, or a `Host` that is none. */
function violationsOfNowhere(isPath: boolean, method: string, answer: Answer): string[] {
  if (isPath && method === 'OPTIONS' && answer.status === 204) return answer.headers.has('allow') ? [] : ['lacks the header Allow']
  if (![400, 404, ...isPath ? [405] : []].includes(answer.status)) return [`${answer.status} where no endpoint is`]
  const validate = validatorAt('components/schemas/Error')
  return method === 'HEAD' || validate(answer.body) ? [] : ['is not an error of the one shape']
}
