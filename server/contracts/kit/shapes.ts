import { z } from 'zod'

/** The documented shapes of schemas that end in a transform. */
const documentedShapes = z.registry<{ shape: unknown }>()

/** The documented shape of a schema, which names its fields. */
export const shapeOf = (schema: z.ZodType): z.ZodType => (documentedShapes.get(schema)?.shape ?? schema) as z.ZodType

/** Documents the shape of a schema that ends in a transform. */
export function documentedAs<Schema extends z.ZodType>(schema: Schema, shape: z.ZodType): Schema {
  documentedShapes.add(schema, { shape })
  return schema
}

const fieldNames = new WeakMap<z.ZodType, readonly string[]>()

/** The field names of an object schema. */
export function fieldsOf(schema: z.ZodType): readonly string[] {
  const known = fieldNames.get(schema)
  if (known) return known
  const names = [...new Set(fieldsIn(shapeOf(schema)).map(([name]) => name))]
  fieldNames.set(schema, names)
  return names
}

/** Whether a field of an object schema takes text. */
export function takesText(schema: z.ZodType, name: string): boolean {
  return fieldsIn(shapeOf(schema)).some(([fieldName, field]) => fieldName === name && isText(field))
}

/** The fields of an object schema, some of them in several alternatives. */
function fieldsIn(shape: z.core.$ZodType): [name: string, field: z.core.$ZodType][] {
  if (shape instanceof z.ZodObject) return Object.entries(shape.shape)
  if (shape instanceof z.ZodUnion) return shape.options.flatMap(fieldsIn)
  if (shape instanceof z.ZodIntersection) return [shape.def.left, shape.def.right].flatMap(fieldsIn)
  if (shape instanceof z.ZodPipe) return fieldsIn(shape.in)
  if (shape instanceof z.ZodNullable) return fieldsIn(shape.unwrap())
  return []
}

function isText(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return isText(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.some(isText)
  // A preprocessed value is the input of what follows.
  if (schema instanceof z.ZodPipe) return isText(schema.in instanceof z.ZodTransform ? schema.out : schema.in)
  return ['string', 'enum'].includes(schema._zod.def.type)
}
