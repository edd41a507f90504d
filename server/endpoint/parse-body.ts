import { MIMEType } from 'node:util'
import type { z } from 'zod'
import { EventLoopTurn } from '#db/event-loop-turn'
import { issue, type Issue } from '#server/contracts/kit/issues'
import { maxFormFields } from '#server/contracts/kit/limits'
import { fieldsOf, takesText } from '#server/contracts/kit/shapes'
import { problemOfParts } from './form-parts.ts'
import { problemOfJson } from './json-complexity.ts'
import { parseUrlencoded } from './urlencoded.ts'

/** The value of a body, which its schema has yet to validate, and what is wrong with its encoding. */
export interface ParsedBody {
  value: unknown
  issues: Issue[]
}

/** Parses JSON in UTF-8. */
export async function parseJson(bytes: Uint8Array): Promise<ParsedBody> {
  const json = await jsonIn(bytes)
  return 'problem' in json ? malformed(json.problem) : { value: json.value, issues: [] }
}

/**
 * Parses a URL-encoded form to what the same body would be in JSON. Fields that do not take text are JSON. The schema
 * rejects those that are not, and names them.
 * @param schema the schema of the body
 */
export async function parseForm(bytes: Uint8Array, schema: z.ZodType): Promise<ParsedBody> {
  await turnFor(bytes)
  const text = textIn(bytes)
  if (text === undefined) return malformed('Must be a form in UTF-8')
  if (text.split('&', maxFormFields + 1).length > maxFormFields)
    return malformed(`Must have at most ${maxFormFields} fields`)
  await turnFor(bytes)
  const { values, issues } = parseUrlencoded(text, fieldsOf(schema))
  const fields = Object.entries(values).map(async ([name, text]) => {
    const json = takesText(schema, name) ? undefined : await jsonIn(Buffer.from(text))
    return [name, json && 'value' in json ? json.value : text]
  })
  return { value: Object.fromEntries(await Promise.all(fields)), issues }
}

/**
 * Parses a multipart form to its files. Other fields are ignored.
 * @param type the media type of the body, with the boundary of its parts
 */
export async function parseMultipart(
  bytes: Buffer<ArrayBuffer>,
  type: string,
): Promise<{ files: File[] | undefined, issues: Issue[] }> {
  await turnFor(bytes)
  const refused = (message: string) => ({ files: undefined, issues: [issue(['files'], message, 'invalid_format')] })
  const boundary = new MIMEType(type).params.get('boundary')
  const problem = boundary && problemOfParts(bytes, boundary)
  if (problem) return refused(problem)
  await turnFor(bytes)
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

/** Waits for a turn of the event loop if work on the bytes takes long. */
async function turnFor(bytes: Uint8Array): Promise<void> {
  const turn = new EventLoopTurn()
  if (turn.isOver(bytes.length)) await turn.next()
}

/** The value of JSON in UTF-8, or what is wrong with it. */
async function jsonIn(bytes: Uint8Array): Promise<{ value: unknown } | { problem: string }> {
  await turnFor(bytes)
  const problem = await problemOfJson(bytes)
  if (problem) return { problem }
  await turnFor(bytes)
  const text = textIn(bytes)
  await turnFor(bytes)
  try {
    if (text !== undefined) return { value: JSON.parse(text) }
  }
  catch {
    // As if it were not UTF-8.
  }
  return { problem: 'Must be JSON in UTF-8' }
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
