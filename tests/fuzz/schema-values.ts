import fc, { type Arbitrary } from 'fast-check'
import document from '../../openapi.json' with { type: 'json' }

/** As much of JSON Schema as the requests of the document use. */
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

/** What the document tells of a component in words alone. */
const unsaid: Record<string, (value: never) => boolean> = {
  NewFile: ({ title, extension = '' }: { title: string, extension?: string }) =>
    [...title, ...extension && `.${extension}`].length <= 255,
}

const made = new Map<Schema, Arbitrary<unknown>>()

/** Values that a schema allows: small ones mostly, and now and then the longest text. */
export function valuesOf(schema: Schema): Arbitrary<unknown> {
  if (!made.has(schema)) made.set(schema, make(schema))
  return made.get(schema)!
}

function make(schema: Schema): Arbitrary<unknown> {
  const { $ref, type, enum: names, anyOf, allOf, minimum: min, maximum: max, minItems, maxItems } = schema
  if ($ref) return component($ref.split('/').at(-1)!)
  if ('const' in schema) return fc.constant(schema.const)
  if (names) return fc.constantFrom(...names)
  if (anyOf) return fc.oneof(...anyOf.map(valuesOf))
  if (allOf) return fc.tuple(...allOf.map(valuesOf)).map(parts => Object.assign({}, ...parts) as object)
  if (type === 'object') return object(schema)
  if (type === 'array') return fc.array(valuesOf(schema.items!), { minLength: minItems, maxLength: Math.min(maxItems!, 5) })
  if (type === 'integer') return fc.oneof(fc.integer({ min, max: Math.min(max!, 1000) }), fc.integer({ min, max }))
  if (type === 'string') return string(schema)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  throw new Error(`There is no value of ${JSON.stringify(schema)}`)
}

function component(name: string): Arbitrary<unknown> {
  const values = valuesOf((document.components.schemas as unknown as Record<string, Schema>)[name]!)
  return unsaid[name] ? values.filter(value => unsaid[name]!(value as never)) : values
}

function object({ properties = {}, required = [], minProperties = 0 }: Schema): Arbitrary<object> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema)]))
  return fc.record(fields, { requiredKeys: required }).filter(value => Object.keys(value).length >= minProperties)
}

function string({ format, pattern, minLength = 0, maxLength = 100 }: Schema): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date-time') return instant
  const isAllowed = (value: string) => new RegExp(pattern ?? '', 'u').test(value) && [...value].length <= maxLength
  // White space alone is no name; the pattern of an address is too much for a generator.
  if (format === 'email') return fc.emailAddress().map(address => address.replaceAll(/[^\w@.+-]/g, 'x')).filter(isAllowed)
  if (pattern) return fc.stringMatching(new RegExp(pattern)).filter(isAllowed)
  const short = text(minLength, maxLength)
  const longest = fc.constantFrom('x', 'é', '漢', '🪐').map(character => character.repeat(maxLength))
  return fc.oneof({ weight: maxLength > 10_000 ? 500 : 50, arbitrary: short }, { weight: 1, arbitrary: longest })
}

/** Text in which every character can be: of all planes, bidirectional, combining, control characters, but no NUL. */
export function text(minLength: number, maxLength: number): Arbitrary<string> {
  const character = fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.constantFrom(...'\u0001\t\n\u007f\u0085\u00a0\u200d\u202e\u2028\u0301\ufeff\uffff🪐𝕏') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter(character => character !== '\0') },
  )
  return fc.string({ unit: character, minLength, maxLength }).filter(value => minLength === 0 || value.trim().length >= minLength)
}

const instant = fc.record({
  date: fc.date({ min: new Date('1970-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }),
  zone: fc.constantFrom('Z', '+00:00', '+14:00', '-11:30'),
}).map(({ date, zone }) => date.toISOString().replace('Z', zone))
