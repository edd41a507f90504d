import { z } from 'zod'
import { parseIn } from './parse-in.ts'
import { documentedAs } from './shapes.ts'

type Fields = Record<string, z.ZodType>

/** Further names of fields, with the schemas of their values. */
export type Aliases<Shape extends z.ZodRawShape> = { readonly [Name in keyof Shape]?: Fields }

/**
 * An object whose fields can also be given by other names. The result has them by their first names. Several names of a
 * field may be given if their values are equal. A field with aliases cannot have a default.
 * @param meta of the documented schema
 */
export function aliasedObject<Shape extends z.ZodRawShape>(
  shape: Shape,
  aliases: Aliases<Shape>,
  meta: z.GlobalMeta = {},
): z.ZodType<z.output<z.ZodObject<Shape>>> {
  const fields = spellingsOf(shape as unknown as Fields, aliases as Record<string, Fields>)
  const given = z.object(Object.fromEntries(fields.flatMap(({ spellings }) =>
    spellings.map(([name, field]) => [name, spellings.length > 1 ? field.optional() : field]))))
  const merged = z.unknown().transform((body, context) => {
    const values = parseIn(context, given, body)
    reportMissing(body, fields, context)
    // The compiler cannot see that the aliases have been merged.
    return values && mergeSpellings(values, fields, context) as z.output<z.ZodObject<Shape>>
  })
  return documentedAs(merged as z.ZodType<z.output<z.ZodObject<Shape>>>, documentedShape(fields).meta(meta))
}

/** A field and all of its names, with their schemas. */
interface Field {
  name: string
  spellings: [name: string, field: z.ZodType][]
  /** Whether it has several names, one of which has to be given. */
  isRequired: boolean
}

const spellingsOf = (shape: Fields, aliases: Record<string, Fields>): Field[] =>
  Object.entries(shape).map(([name, field]) => ({
    name,
    spellings: [[name, field], ...Object.entries(aliases[name] ?? {})],
    isRequired: name in aliases && !field.safeParse(undefined).success,
  }))

/** Adds an issue for each required field that is given by none of its names. */
function reportMissing(body: unknown, fields: Field[], context: z.RefinementCtx): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return
  const message = 'Is required'
  for (const { name, spellings, isRequired } of fields)
    if (isRequired && spellings.every(([name]) => (body as Record<string, unknown>)[name] === undefined))
      context.addIssue({ code: 'invalid_type', expected: 'string', path: [name], input: undefined, message })
}

/** The values of fields by their first names. Adds an issue for each field whose values differ. */
function mergeSpellings(values: Record<string, unknown>, fields: Field[], context: z.RefinementCtx) {
  const merged: Record<string, unknown> = {}
  for (const { name, spellings } of fields) {
    for (const [spelling] of spellings) {
      const value = values[spelling]
      if (value === undefined) continue
      if (!(name in merged)) merged[name] = value
      else if (value !== merged[name])
        context.addIssue({ code: 'custom', path: [name], message: `Differs from its alias ${spelling}` })
    }
  }
  return merged
}

/** Names each required field with aliases in alternatives. */
function documentedShape(fields: Field[]): z.ZodType {
  const parts: z.ZodType[] = []
  let others: Fields = {}
  for (const { name, spellings, isRequired } of fields) {
    if (!isRequired) {
      for (const [spelling, field] of spellings) others[spelling] = spelling === name ? field : field.optional()
      continue
    }
    if (Object.keys(others).length > 0) parts.push(z.object(others))
    others = {}
    parts.push(z.union(spellings.map(([name, field]) => z.object({ [name]: field }))))
  }
  if (Object.keys(others).length > 0) parts.push(z.object(others))
  return parts.reduce((all, part) => all.and(part))
}
