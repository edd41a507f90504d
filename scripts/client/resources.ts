import { camelCase, singularOf, upperFirst } from './names.ts'
import {
  listBodyOf, onlyPropertyOf, operationsOf, typeNameOf, type OpenApiDocument, type Operation, type Schema,
} from './operations.ts'

/** Types of the document that would hide a global type of the same name. */
const renamed: Record<string, string> = { File: 'NeptunFile' }

/** Writes the module with a method for each operation, and with the types that their signatures have. */
export function clientResources(document: OpenApiDocument): string {
  const types = new Map<string, string>()
  const operations = operationsOf(document)
  const namespaces = [...new Set(operations.flatMap(({ namespace }) => namespace ?? []))].sort()
  const classes = namespaces.map((namespace) => {
    const methods = operations.filter(operation => operation.namespace === namespace)
    return `export class ${classOf(namespace)} extends Resource {\n${writeMethods(methods, types)}\n}`
  })
  const own = operations.filter(({ namespace }) => namespace === undefined)
  const root = [
    'export class Resources extends Resource {',
    ...namespaces.map(namespace => `  readonly ${namespace} = new ${classOf(namespace)}(this.core)`),
    '',
    writeMethods(own, types),
    '}',
  ].join('\n')
  const aliases = [...types].sort(([a], [b]) => a < b ? -1 : 1).map(([name, type]) => `export type ${name} = ${type}`)
  return [header, aliases.join('\n'), ...classes, root].join('\n\n') + '\n'
}

const header = `// Generated from the OpenAPI document by npm run generate.

import type { ApiPromise } from './api-promise.ts'
import { Resource } from './core.ts'
import type { List } from './list.ts'
import type { ChangeOptions, CreateOptions, DownloadOptions, ReadOptions, RequestOptions } from './options.ts'
import type { components, operations } from './schema.ts'
import type { Upload } from './uploads.ts'`

const classOf = (namespace: string) => `${upperFirst(namespace)}Resource`

const writeMethods = (operations: Operation[], types: Map<string, string>) =>
  operations.flatMap(operation => methodsOf(operation, types)).join('\n\n')

/** The aliases that the types of an operation need, which are added to `types`. */
class Types {
  readonly #operation: Operation
  readonly #types: Map<string, string>

  constructor(operation: Operation, types: Map<string, string>) {
    this.#operation = operation
    this.#types = types
  }

  /** The type of a schema; an inline one gets the name of the part. */
  of(schema: Schema, part: 'Body' | 'Result'): string {
    const { $ref, type, items } = schema
    if ($ref) {
      const component = $ref.split('/').at(-1)!
      return this.#alias(renamed[component] ?? component, `components['schemas']['${component}']`)
    }
    if (items) return `${this.of(items, part)}[]`
    if ('const' in schema) return JSON.stringify(schema.const)
    if (type === 'integer' || type === 'number') return 'number'
    if (type === 'string' || type === 'boolean') return type
    const { id, status } = this.#operation
    const path = part === 'Body' ? 'requestBody' : `responses'][${status}]['content']['application/json`
    return this.#alias(typeNameOf(this.#operation, part), part === 'Body'
      ? `NonNullable<operations['${id}']['${path}']>['content']['application/json']`
      : `operations['${id}']['${path}']`)
  }

  query(): string {
    const type = `NonNullable<operations['${this.#operation.id}']['parameters']['query']>`
    return this.#alias(typeNameOf(this.#operation, 'Query'), type)
  }

  #alias(name: string, type: string): string {
    if (!this.#types.has(name)) this.#types.set(name, type)
    return name
  }
}

/** A parameter of a method. */
interface Argument {
  name: string
  type: string
  isOptional?: boolean
}

/** A signature of a method: its last arguments and its result. */
interface Signature {
  arguments: Argument[]
  result: string
}

function methodsOf(operation: Operation, aliases: Map<string, string>): string[] {
  const types = new Types(operation, aliases)
  const methods = operation.isDownload ? [downloadOf(operation)] : [jsonMethodOf(operation, types)]
  if (operation.takesForm) methods.push(uploadOf(operation, types))
  return methods
}

function downloadOf({ method, description }: Operation): string {
  const parameters = 'file: { url: string }, options?: DownloadOptions'
  return `${comment(description)}\n  ${method}(${parameters}): Promise<Response> {\n`
    + '    return this.core.download(file, options)\n  }'
}

const optionsOf = ({ headers }: Operation): Argument => {
  const type = headers.includes('Idempotency-Key')
    ? 'CreateOptions'
    : headers.includes('If-Match') ? 'ChangeOptions' : 'RequestOptions'
  return { name: 'options', type, isOptional: true }
}

function jsonMethodOf(operation: Operation, types: Types): string {
  const { body, query, isBodyRequired } = operation
  const options = optionsOf(operation)
  const list = body && listBodyOf(body)
  if (list?.canBeOne) return oneOrManyOf(operation, types)
  const fields = [...commonFields(operation)]
  const input: Argument[] = []
  if (list) {
    const name = camelCase(list.key)
    input.push({ name, type: `readonly ${types.of(list.item, 'Body')}[]` })
    fields.push(name === list.key ? `body: { ${name} }` : `body: { ${list.key}: ${name} }`)
  }
  else if (body) {
    input.push({ name: 'body', type: types.of(body, 'Body'), isOptional: !isBodyRequired })
    fields.push('body')
  }
  else if (query.length > 0) {
    input.push({ name: 'query', type: types.query(), isOptional: true })
    fields.push('query')
  }
  const { type, pick } = resultOf(operation, types)
  if (pick) fields.push(pick)
  const limit = query.find(({ name }) => name === 'limit')
  if (limit) {
    const signature = { arguments: [...input, options], result: `List<${type.replace(/\[\]$/, '')}>` }
    return writeMethod(operation, 'list', [signature], [...fields, `maxLimit: ${limit.schema.maximum}`])
  }
  const signatures: Signature[] = [{ arguments: [...input, options], result: `ApiPromise<${type}>` }]
  if (operation.headers.includes('If-None-Match')) {
    const result = `ApiPromise<${type} | undefined>`
    signatures.unshift({ arguments: [...input, { name: 'options', type: 'ReadOptions' }], result })
    const any = { name: 'options', type: 'RequestOptions | ReadOptions', isOptional: true }
    signatures.push({ arguments: [...input, any], result })
  }
  return writeMethod(operation, 'call', signatures, fields)
}

/** A method that takes one item or a list, and returns the same form. */
function oneOrManyOf(operation: Operation, types: Types): string {
  const { key, item } = listBodyOf(operation.body!)!
  const type = types.of(item, 'Body')
  const results = operation.response!.anyOf!.map(schema => onlyPropertyOf(schema)!)
  const [manyKey, many] = results.find(([, schema]) => schema.type === 'array')!
  const [oneKey, one] = results.find(([, schema]) => schema.type !== 'array')!
  const [oneType, manyType] = [types.of(one, 'Result'), types.of(many, 'Result')]
  const name = camelCase(key)
  const pick = `pick: (body: { ${oneKey}: ${oneType}, ${manyKey}: ${manyType} }) =>`
    + ` Array.isArray(${name}) ? body.${manyKey} : body.${oneKey}`
  const body = `body: Array.isArray(${name}) ? { ${name === key ? key : `${key}: ${name}`} } : ${name}`
  const signatures = overloads(name, type, oneType, optionsOf(operation))
  return writeMethod(operation, 'call', signatures, [...commonFields(operation), body, pick])
}

/** A method that uploads one file or several as a form. The response to a form has a list. */
function uploadOf(operation: Operation, types: Types): string {
  const [key, { items }] = operation.response!.anyOf!.map(schema => onlyPropertyOf(schema)!)
    .find(([, schema]) => schema.type === 'array')!
  const type = types.of(items!, 'Result')
  const fields = [
    ...commonFields(operation),
    'files: [files].flat()',
    `pick: (body: { ${key}: ${type}[] }) => Array.isArray(files) ? body.${key} : body.${key}[0]!`,
  ]
  const signatures = overloads('files', 'Upload', type, optionsOf(operation))
  return writeMethod({ ...operation, method: 'upload' }, 'call', signatures, fields)
}

function overloads(name: string, type: string, result: string, options: Argument): Signature[] {
  const of = (name: string, type: string, result: string) =>
    ({ arguments: [{ name, type }, options], result: `ApiPromise<${result}>` })
  return [
    of(singularOf(name), type, result),
    of(name, `readonly ${type}[]`, `${result}[]`),
    of(name, `${type} | readonly ${type}[]`, `${result} | ${result}[]`),
  ]
}

function commonFields({ route, ids, headers }: Operation): string[] {
  return [
    `route: '${route}'`,
    ...ids.length > 0 ? [`ids: [${ids.map(({ name }) => camelCase(name)).join(', ')}]`] : [],
    ...headers.includes('Idempotency-Key') ? ['creates: true'] : [],
  ]
}

/** The type of the result, and how it is taken from a response that has nothing else. */
function resultOf({ response }: Operation, types: Types): { type: string, pick?: string } {
  if (!response) return { type: 'void' }
  const only = onlyPropertyOf(response)
  if (!only) return { type: types.of(response, 'Result') }
  const [key, schema] = only
  const type = types.of(schema, 'Result')
  return { type, pick: `pick: (body: { ${key}: ${type} }) => body.${key}` }
}

/** Writes a method. The last of several signatures is that of its implementation. */
function writeMethod(operation: Operation, call: string, signatures: Signature[], fields: string[]): string {
  const { method, description, ids } = operation
  const first = ids.map(({ name, type }) => ({ name: camelCase(name), type }))
  const heads = signatures.map(({ arguments: last, result }) => {
    const parameters = [...first, ...last].map(({ name, type, isOptional }: Argument) =>
      `${name}${isOptional ? '?' : ''}: ${type}`)
    return `  ${method}(${parameters.join(', ')}): ${result}`
  })
  const implementation = `{\n    return this.core.${call}({\n`
    + fields.map(field => `      ${field},\n`).join('')
    + `    }, options)\n  }`
  return `${comment(description)}\n${heads.join('\n')} ${implementation}`
}

function comment(paragraphs: string[]): string {
  const lines = paragraphs.flatMap((text, i) => [...i > 0 ? [''] : [], ...wrapped(text)])
  if (lines.length === 1) return `  /** ${lines[0]} */`
  return ['  /**', ...lines.map(line => `   * ${line}`.trimEnd()), '   */'].join('\n')
}

/** Breaks a text into lines of up to 115 columns. */
const wrapped = (text: string) => text.match(/.{1,115}(?= |$)/g)!.map(line => line.trim())
