import { MIMEType } from 'node:util'
import type { z } from 'zod'
import { issue, type Issue } from '#server/contracts/kit/issues'
import { maxFormFields, maxJsonDepth } from '#server/contracts/kit/limits'
import { fieldsOf, takesText } from '#server/contracts/kit/shapes'
import { problemOfParts } from './form-parts.ts'
import { isDeeperThan } from './json-depth.ts'
import { parseUrlencoded } from './urlencoded.ts'

/** The value of a body, which its schema has yet to validate, and what is wrong with its encoding. */
export interface ParsedBody {
  value: unknown
  issues: Issue[]
}

/** Parses JSON in UTF-8. */
export function parseJson(bytes: Uint8Array): ParsedBody {
  const value = jsonIn(bytes)
  return value === undefined
    ? malformed(`Must be JSON in UTF-8, nested at most ${maxJsonDepth} levels deep`)
    : { value, issues: [] }
}

/**
 * Parses a URL-encoded form to what the same body would be in JSON. Fields that do not take text are JSON. The schema
 * rejects those that are not, and names them.
 * @param schema the schema of the body
 */
export function parseForm(bytes: Uint8Array, schema: z.ZodType): ParsedBody {
  const text = textIn(bytes)
  if (text === undefined) return malformed('Must be a form in UTF-8')
  if (text.split('&', maxFormFields + 1).length > maxFormFields)
    return malformed(`Must have at most ${maxFormFields} fields`)
  const { values, issues } = parseUrlencoded(text, fieldsOf(schema))
  const fields = Object.entries(values).map(([name, value]) => {
    const json = takesText(schema, name) ? undefined : jsonIn(Buffer.from(value))
    return [name, json === undefined ? value : json]
  })
  return { value: Object.fromEntries(fields), issues }
}

/**
 * Parses a multipart form to its files. Other fields are ignored.
 * @param type the media type of the body, with the boundary of its parts
 */
export async function parseMultipart(
  bytes: Buffer<ArrayBuffer>,
  type: string,
): Promise<{ files: File[] | undefined, issues: Issue[] }> {
  const refused = (message: string) => ({ files: undefined, issues: [issue(['files'], message, 'invalid_format')] })
  const boundary = new MIMEType(type).params.get('boundary')
  const problem = boundary && problemOfParts(bytes, boundary)
  if (problem) return refused(problem)
  try {
    const form = await new Response(bytes, { headers: { 'Content-Type': type } }).formData()
    return { files: [...form.values()].filter(value => typeof value !== 'string'), issues: [] }
  }
  catch {
    return refused('Must be a multipart form')
  }
}

const malformed = (message: string): ParsedBody =>
  ({ value: undefined, issues: [issue([], message, 'invalid_format')] })

/** Undefined for bytes that are not JSON, or nested too deeply. */
function jsonIn(bytes: Uint8Array): unknown {
  // Parsing and validating deep JSON takes far more time than its length suggests.
  if (isDeeperThan(maxJsonDepth, bytes)) return undefined
  const text = textIn(bytes)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  }
  catch {
    return undefined
  }
}

/** Undefined for bytes that are not UTF-8. */
function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  }
  catch {
    return undefined
  }
}
