import fc, { type Arbitrary } from 'fast-check'
import document from '../../openapi.json' with { type: 'json' }

/** The part of JSON Schema that the requests in the document use. */
export interface Schema {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  minProperties?: number
  items?: Schema
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
}

/** The rules for a component that the document states only in prose. */
const proseRules: Record<string, (value: never) => boolean> = {
  NewFile: ({ title, extension = '' }: { title?: string | null, extension?: string }) =>
    [...title?.trim() || 'untitled', ...extension && `.${extension}`].length <= 255,
}

const cache = new Map<Schema, Arbitrary<unknown>>()

/** Generates values that a schema allows: mostly small ones, and occasionally a text of the maximum length. */
export function valuesOf(schema: Schema): Arbitrary<unknown> {
  if (!cache.has(schema)) cache.set(schema, createValues(schema))
  return cache.get(schema)!
}

function createValues(schema: Schema): Arbitrary<unknown> {
  const { $ref, type, enum: names, anyOf, allOf } = schema
  if ($ref) return component($ref.split('/').at(-1)!)
  if ('const' in schema) return fc.constant(schema.const)
  if (names) return fc.constantFrom(...names)
  if (anyOf) return fc.oneof(...anyOf.map(valuesOf))
  if (allOf) return fc.tuple(...allOf.map(valuesOf)).map(parts => Object.assign({}, ...parts) as object)
  if (type === 'object') return object(schema)
  if (type === 'array') return array(schema)
  if (type === 'integer') return integer(schema)
  if (type === 'string') return string(schema)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  throw new Error(`Unsupported schema: ${JSON.stringify(schema)}`)
}

function component(name: string): Arbitrary<unknown> {
  const values = valuesOf((document.components.schemas as unknown as Record<string, Schema>)[name]!)
  return proseRules[name] ? values.filter(value => proseRules[name]!(value as never)) : values
}

function object({ properties = {}, required = [], minProperties = 0 }: Schema): Arbitrary<object> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema)]))
  return fc.record(fields, { requiredKeys: required }).filter(value => Object.keys(value).length >= minProperties)
}

const array = ({ items, minItems, maxItems }: Schema) =>
  fc.array(valuesOf(items!), { minLength: minItems, maxLength: Math.min(maxItems!, 5) })

const integer = ({ minimum: min, maximum: max }: Schema) =>
  fc.oneof(fc.integer({ min, max: Math.min(max!, 1000) }), fc.integer({ min, max }))

function string({ format, pattern, minLength = 0, maxLength = 100 }: Schema): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date-time') return dateTime
  const isAllowed = (value: string) => new RegExp(pattern ?? '', 'u').test(value) && [...value].length <= maxLength
  // The pattern for email addresses is too complex for a generator.
  if (format === 'email') return email.filter(isAllowed)
  if (pattern) return fc.stringMatching(new RegExp(pattern)).filter(isAllowed)
  const short = text(minLength, maxLength)
  const longest = fc.constantFrom('x', 'é', '漢', '🪐').map(character => character.repeat(maxLength))
  return fc.oneof({ weight: maxLength > 10_000 ? 500 : 50, arbitrary: short }, { weight: 1, arbitrary: longest })
}

const email = fc.emailAddress().map(address => address.replaceAll(/[^\w@.+-]/g, 'x'))

const binaryCharacter = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })

/**
 * Generates text of any characters except NUL: all planes, bidirectional, combining and control characters. Text with a
 * minimum length is not blank.
 */
export function text(minLength: number, maxLength: number): Arbitrary<string> {
  const unit = fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.constantFrom(...'\u0001\t\n\u007f\u0085\u00a0\u200d\u202e\u2028\u0301\ufeff\uffff🪐𝕏') },
    { weight: 1, arbitrary: binaryCharacter.filter(character => character !== '\0') },
  )
  return fc.string({ unit, minLength, maxLength })
    .filter(value => minLength === 0 || value.trim().length >= minLength)
}

const dateTime = fc.record({
  date: fc.date({
    min: new Date('1970-01-02T00:00:00Z'),
    max: new Date('9999-12-30T00:00:00Z'),
    noInvalidDate: true,
  }),
  zone: fc.constantFrom('Z', '+00:00', '+14:00', '-11:30'),
}).map(({ date, zone }) => date.toISOString().replace('Z', zone))
