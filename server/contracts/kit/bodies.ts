import { z } from 'zod'
import { aliasedObject, type Aliases } from './aliases.ts'
import { listOf } from './fields.ts'
import { parseIn } from './parse-in.ts'
import { documentedAs, shapeOf } from './shapes.ts'

type Optional<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.ZodOptional<Shape[Name]> }

/** The body of a PATCH: at least one of these fields. */
export function changesOf<Shape extends z.ZodRawShape>(fields: Shape, aliases: Aliases<Shape> = {}) {
  const shape = z.object(fields).partial().shape as Optional<Shape>
  const isChange = (changes: object) => Object.values(changes).some(value => value !== undefined)
  return aliasedObject(shape, aliases, { minProperties: 1 }).refine(isChange, 'Must contain at least one change')
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
    if (!many) return { items: [parseIn(context, item, body)!], many }
    return { items: parseIn(context, list, body)?.[key] as z.output<Item>[], many }
  })
  return documentedAs(body, z.union([shapeOf(item), z.object({ [key]: listOf(shapeOf(item), 1, max) })]))
}

/** A body that is an object with a list under `key`, or the list itself. */
export function listOrObject<List extends z.ZodType, Key extends string>(list: List, key: Key) {
  const object = z.object({ [key]: list })
  const body = z.unknown().transform((body, context) => {
    const value = Array.isArray(body) ? { [key]: parseIn(context, list, body) } : parseIn(context, object, body)
    return value as { [Name in Key]: z.output<List> }
  })
  return documentedAs(body, z.union([object, list]))
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
