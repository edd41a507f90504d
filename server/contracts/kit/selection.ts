import { z } from 'zod'
import type { Field, Selection } from '#db/json-row'

/**
 * The fields of the objects that a schema describes, also in lists and alternatives: what a statement selects for them.
 * @returns undefined for a schema without objects
 */
export function selectionOf(schema: z.core.$ZodType): Selection | undefined {
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape as z.ZodRawShape).map(toField)
  if (schema instanceof z.ZodArray) return selectionOf(schema.element)
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return selectionOf(schema.unwrap())
  if (!(schema instanceof z.ZodUnion)) return undefined
  const fields = schema.options.flatMap(option => selectionOf(option) ?? [])
  return [...new Map(fields.map(field => [field.name, field])).values()]
}

const toField = ([name, schema]: [string, z.core.$ZodType]): Field => ({ name, fields: selectionOf(schema) })
