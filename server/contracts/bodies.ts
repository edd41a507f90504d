import { z } from 'zod'
import { listOf } from './fields.ts'

/** For a body that code takes apart, what it may be: so it is documented, and so its fields are found. */
const shapes = z.registry<{ shape: unknown }>()

/** What a body may be. */
export const shapeOf = (schema: z.ZodType): z.ZodType => (shapes.get(schema)?.shape ?? schema) as z.ZodType

/** Says what a body may be, whose schema cannot tell by itself. */
export function shaped<Schema extends z.ZodType>(schema: Schema, shape: z.ZodType): Schema {
  shapes.add(schema, { shape })
  return schema
}

/** One of two spellings of the same field, the first of which is the one that a complaint names. */
export function eitherOf<Value>(given: Record<string, unknown>, [name, other]: [string, string], context: z.RefinementCtx): Value {
  const [value, otherValue] = [given[name], given[other]]
  if (value === undefined && otherValue === undefined)
    context.addIssue({ code: 'invalid_type', expected: 'string', path: [name], input: undefined, message: 'Is required' })
  if (value !== undefined && otherValue !== undefined && value !== otherValue)
    context.addIssue({ code: 'custom', path: [name], message: `Differs from ${other}, which is another spelling of it` })
  return (value ?? otherValue) as Value
}

/** A field that has two spellings. */
export const spelled = (names: [string, string], field: z.ZodType) =>
  z.union(names.map(name => z.object({ [name]: field })))

/** The body of a PATCH: any of these fields, and at least one of them. */
export function changesOf<Shape extends z.ZodRawShape>(fields: Shape) {
  return z.object(fields).partial().refine(
    changes => Object.values(changes).some(value => value !== undefined),
    'Has nothing to change',
  ).meta({ minProperties: 1 })
}

/** What a body of one item or of many comes down to; the answer goes back in the same shape. */
export interface OneOrMany<Item> {
  items: Item[]
  many: boolean
}

/** A body that is one item, or holds a list of 1 to `max` of them under `key`; one that has this key is a list. */
export function oneOrMany<Item extends z.ZodType, Key extends string>(item: Item, key: Key, max: number) {
  const list = z.object({ [key]: listOf(item, 1, max) })
  const body = z.looseObject({}).transform((body, context): OneOrMany<z.output<Item>> => {
    const many = key in body
    const { data, error } = (many ? list : item).safeParse(body)
    if (error) context.issues.push(...error.issues.map(issue => ({ ...issue, input: body }) as never))
    return { items: many ? (data as Record<Key, z.output<Item>[]> | undefined)?.[key] ?? [] : [data as z.output<Item>], many }
  })
  return shaped(body, z.union([shapeOf(item), z.object({ [key]: listOf(shapeOf(item), 1, max) })]))
}

/** The names of the fields that a body takes, as its error names them. */
export function fieldsOf(schema: z.ZodType): string[] {
  return [...new Set(fieldsIn(shapeOf(schema)))]
}

function fieldsIn(shape: z.core.$ZodType): string[] {
  if (shape instanceof z.ZodObject) return Object.keys(shape.shape)
  if (shape instanceof z.ZodUnion) return shape.options.flatMap(fieldsIn)
  if (shape instanceof z.ZodIntersection) return [shape.def.left, shape.def.right].flatMap(fieldsIn)
  if (shape instanceof z.ZodPipe) return fieldsIn(shape.in)
  return []
}
