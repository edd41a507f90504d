import { z } from 'zod'
import { listOf } from './fields.ts'

/** The documented shapes of schemas that end in a transform. */
const documentedShapes = z.registry<{ shape: unknown }>()

/** The documented shape of a schema, which names its fields. */
export const shapeOf = (schema: z.ZodType): z.ZodType => (documentedShapes.get(schema)?.shape ?? schema) as z.ZodType

/** Documents the shape of a schema that ends in a transform. */
export function documentedAs<Schema extends z.ZodType>(schema: Schema, shape: z.ZodType): Schema {
  documentedShapes.add(schema, { shape })
  return schema
}

/** Documents a field that has an alias. */
export const aliased = (names: [string, string], field: z.ZodType) =>
  z.union(names.map(name => z.object({ [name]: field })))

/** Picks the value of a field or its alias. Adds an issue if both are missing, or if they differ. */
export function pickAlias<Value>(
  given: Record<string, unknown>,
  [name, alias]: [string, string],
  context: z.RefinementCtx,
): Value {
  const [value, aliasValue] = [given[name], given[alias]]
  if (value === undefined && aliasValue === undefined) {
    const message = 'Is required'
    context.addIssue({ code: 'invalid_type', expected: 'string', path: [name], input: undefined, message })
  }
  if (value !== undefined && aliasValue !== undefined && value !== aliasValue)
    context.addIssue({ code: 'custom', path: [name], message: `Differs from its alias ${alias}` })
  return (value ?? aliasValue) as Value
}

/** The body of a PATCH: at least one of these fields. */
export function changesOf<Shape extends z.ZodRawShape>(fields: Shape) {
  return z.object(fields).partial().refine(
    changes => Object.values(changes).some(value => value !== undefined),
    'Must contain at least one change',
  ).meta({ minProperties: 1 })
}

/** A body of one item or several. The response has the same form. */
export interface OneOrMany<Item> {
  items: Item[]
  many: boolean
}

/** Lists in the items of a list. */
interface NestedLists {
  key: string
  /** The number of items that all of them may have together. */
  max: number
}

/**
 * A body that is one item, or an object with a list of 1 to `max` items under `key`. The items of nested lists are
 * counted before any item is validated.
 */
export function oneOrMany<Item extends z.ZodType, Key extends string>(
  item: Item,
  key: Key,
  max: number,
  nested?: NestedLists,
) {
  const list = z.object({ [key]: listOf(item, 1, max) })
  const body = z.looseObject({}).transform((body, context): OneOrMany<z.output<Item>> => {
    const many = key in body
    if (many && nested && countNested(body[key], nested.key) > nested.max) {
      const message = `Must have at most ${nested.max} ${nested.key} in total`
      context.addIssue({ code: 'custom', path: [key], message })
      return z.NEVER
    }
    const { data, error } = (many ? list : item).safeParse(body)
    for (const issue of error?.issues ?? []) context.issues.push({ ...issue, input: body } as z.core.$ZodRawIssue)
    const items = many
      ? (data as Record<Key, z.output<Item>[]> | undefined)?.[key] ?? []
      : [data as z.output<Item>]
    return { items, many }
  })
  return documentedAs(body, z.union([shapeOf(item), z.object({ [key]: listOf(shapeOf(item), 1, max) })]))
}

/** The number of items in the lists under `key` of a list of objects, none of which has been validated. */
function countNested(list: unknown, key: string): number {
  let count = 0
  for (const item of Array.isArray(list) ? list as (Record<string, unknown> | null)[] : []) {
    const nested = item?.[key]
    if (Array.isArray(nested)) count += nested.length
  }
  return count
}

/** The field names of an object schema. */
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
