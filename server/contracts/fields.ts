import { z } from 'zod'

/**
 * Text that the database can hold as it is: whole Unicode characters, none of them NUL, and `min` to `max` of them.
 * With `trim`, white space around it does not count and is not kept.
 */
export function text(min: number, max: number, { trim = false } = {}) {
  const string = trim ? z.string().trim() : z.string()
  return string
    .refine(isStorable, 'Contains a NUL or half a surrogate pair')
    .refine(value => hasLength(value, min, max), `Must have ${min} to ${max} characters`)
    .meta({ minLength: min || undefined, maxLength: max })
}

/** Whether the database would hold a text as it is. */
export const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0')

/** Counts as PostgreSQL does: characters, not the two halves of an emoji. */
export function hasLength(value: string, min: number, max: number): boolean {
  if (value.length < min || value.length > 2 * max) return false
  if (value.length >= 2 * min && value.length <= max) return true
  let count = 0
  for (const _ of value) count++
  return count >= min && count <= max
}

/** A list of `min` to `max` items. One that is too long is refused before any of its items is looked at. */
export function listOf<Item extends z.ZodType>(item: Item, min: number, max: number) {
  return z.preprocess((list, context) => {
    if (!Array.isArray(list) || list.length <= max) return list
    context.addIssue({ code: 'too_big', origin: 'array', maximum: max, inclusive: true, input: list })
    return z.NEVER
  }, z.array(item).min(min).max(max))
}

/** Names, kinds and languages. */
export const Name = text(1, 255, { trim: true })

/** An address, trimmed and in lower case: one address, one account. */
export const Email = text(1, 254, { trim: true }).transform(value => value.toLowerCase()).pipe(z.email())
  .meta({ format: 'email', pattern: z.regexes.email.source })

/** A list of 1 to 1,000 items, doubles counted once, by what `keyOf` makes of them. */
const setOf = <Item extends z.ZodType>(item: Item, keyOf = (value: unknown) => value) =>
  z.preprocess(list => Array.isArray(list) ? [...new Set(list.map(keyOf))] : list, listOf(item, 1, 1000))

/** What a whitelist takes: up to 1,000 addresses. */
export const Emails = setOf(Email, item => typeof item === 'string' ? item.trim().toLowerCase() : item)

/** `publisher/name`. Whether it is among the allowed ones is another question. */
export const ModelIdentifier = z.string()
  .max(200)
  .regex(/^[\w.:-]+\/[\w.:-]+$/, 'Must be a model identifier such as google/gemma-2-27b-it')
  .meta({ example: 'google/gemma-2-27b-it' })

/** A point in time with its offset from UTC, kept to the millisecond. */
export const Instant = z.iso.datetime({ offset: true })
  .meta({ description: 'ISO 8601 with an offset from UTC, in the years 1970 to 9999' })
  .transform(value => new Date(value))
  .refine(date => date.getUTCFullYear() >= 1970 && date.getUTCFullYear() <= 9999, 'Must be between the years 1970 and 9999')

/** An id, other than in a path. */
export const Id = z.int().min(1)

/** What is to be done with up to 1,000 rows at once. */
export const Ids = setOf(Id)

/** A point in time in an answer: ISO 8601, UTC, milliseconds. */
export const Time = z.date().transform(date => date.toISOString()).pipe(z.iso.datetime({ precision: 3 })).meta({
  id: 'Time',
  description: 'ISO 8601 in UTC, with milliseconds',
  example: '2026-11-21T09:30:00.000Z',
})
