import { z } from 'zod'
import { Json } from '#db/read'
import { addJson } from './json-parts.ts'
import { WholeList } from './whole-list.ts'

/** The JSON of a result: the list to send in full, if there is one, and the text around it, in parts. */
interface ComposedJson {
  before: string[]
  list?: WholeList
  after: string[]
}

/**
 * Writes a result as JSON. Rows are written already, with the fields that the contract names. Everything else is parsed
 * by the response schema, which drops fields that it does not name.
 * @throws ZodError if the result does not match
 */
export async function composeJson(response: z.ZodType, result: unknown): Promise<ComposedJson> {
  const composed: ComposedJson = { before: [], after: [] }
  if (!hasRows(result)) {
    await addJson(composed.before, response.parse(result))
    return composed
  }
  composed.before.push('{')
  let part: 'before' | 'after' = 'before'
  let separator = ''
  for (const [name, value] of Object.entries(result)) {
    const schema = propertyOf(response, name)
    if (value === undefined) continue
    composed[part].push(`${separator}${JSON.stringify(name)}:`)
    separator = ','
    if (value instanceof WholeList) {
      composed.before.push('[')
      composed.list = value
      composed.after.push(']')
      part = 'after'
    }
    else if (value instanceof Json) {
      composed[part].push(...value.parts)
    }
    else {
      await addJson(composed[part], schema.parse(value))
    }
  }
  composed[part].push('}')
  return composed
}

function hasRows(result: unknown): result is Record<string, unknown> {
  if (typeof result !== 'object' || result === null) return false
  return Object.values(result).some(value => value instanceof Json || value instanceof WholeList)
}

/** The schema of a property of a response, which may have alternatives. */
function propertyOf(response: z.core.$ZodType, name: string): z.ZodType {
  const property = findProperty(response, name)
  if (!property) throw new Error(`The contract does not name the property ${name}.`)
  return property
}

function findProperty(schema: z.core.$ZodType, name: string): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, z.ZodType | undefined>)[name]
  if (schema instanceof z.ZodNullable) return findProperty(schema.unwrap(), name)
  if (!(schema instanceof z.ZodUnion)) return undefined
  for (const option of schema.options) {
    const property = findProperty(option, name)
    if (property) return property
  }
  return undefined
}
