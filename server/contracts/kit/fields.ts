import { z } from 'zod'
import { maxLength } from '#db/rules'
import { maxItemsPerRequest } from './limits.ts'

/**
 * Text that PostgreSQL can store unchanged: well-formed Unicode without NUL, of `min` to `max` characters.
 * With `trim`, surrounding white space is removed first.
 */
export function text(min: number, max: number, { trim = false } = {}) {
  const string = trim ? z.string().trim() : z.string()
  return string
    .refine(isStorable, 'Must not contain NUL or lone surrogates')
    // What depends on the text of several fields is not checked if one of them is too long.
    .refine(value => hasLength(value, min, max), { error: `Must have ${min} to ${max} characters`, abort: true })
    .meta({ minLength: min || undefined, maxLength: max })
}

/** Whether PostgreSQL can store a text unchanged. */
export const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0')

/** Counts characters as PostgreSQL does: a surrogate pair is one. */
export function hasLength(value: string, min: number, max: number): boolean {
  if (value.length < min || value.length > 2 * max) return false
  if (value.length >= 2 * min && value.length <= max) return true
  // Takes a third as long as iterating over the characters.
  let count = 0
  for (let i = 0; i < value.length; count++) i += value.codePointAt(i)! > 0xffff ? 2 : 1
  return count >= min && count <= max
}

/** A list of `min` to `max` items. A list that is too long is rejected before its items are validated. */
export function listOf<Item extends z.ZodType>(item: Item, min: number, max: number) {
  return z.preprocess((list, context) => {
    if (!Array.isArray(list) || list.length <= max) return list
    context.addIssue({ code: 'too_big', origin: 'array', maximum: max, inclusive: true, input: list })
    return z.NEVER
  }, z.array(item).min(min).max(max))
}

/** A name, type or language. */
export const Name = text(1, maxLength.name, { trim: true })

/**
 * An e-mail address, trimmed and in lower case, so that it identifies one account. It must be ASCII before that: the
 * lower case of a Kelvin sign is a k.
 */
export const Email = text(1, maxLength.email, { trim: true }).pipe(z.email()).transform(value => value.toLowerCase())
  .meta({ format: 'email', pattern: z.regexes.email.source })

const isAscii = (value: string) => /^\p{ASCII}*$/u.test(value)

/** A list without duplicates, which are removed by the key that `keyOf` returns. */
const setOf = <Item extends z.ZodType>(item: Item, keyOf = (value: unknown) => value) => z.preprocess(
  list => Array.isArray(list) ? [...new Set(list.map(keyOf))] : list,
  listOf(item, 1, maxItemsPerRequest),
)

/** The e-mail addresses of a whitelist. */
export const Emails = setOf(Email, (item) => {
  const address = typeof item === 'string' ? item.trim() : item
  const isAddress = typeof address === 'string' && address.length <= maxLength.email && isAscii(address)
  return isAddress ? address.toLowerCase() : item
})

/** `publisher/name`. */
export const ModelIdentifier = z.string()
  .max(maxLength.model)
  .regex(/^[\w.:-]+\/[\w.:-]+$/, 'Must be a model identifier such as google/gemma-2-27b-it')
  .meta({ example: 'google/gemma-2-27b-it' })

/** A point in time with a UTC offset, truncated to milliseconds. */
export const Instant = z.iso.datetime({ offset: true })
  .meta({ description: 'ISO 8601 with a UTC offset, in the years 1970 to 9999' })
  .transform(value => new Date(value))
  .refine(
    date => date.getUTCFullYear() >= 1970 && date.getUTCFullYear() <= 9999,
    'Must be between the years 1970 and 9999',
  )

/** An id in a body. */
export const Id = z.int().min(1)

/** The ids of rows to process together. */
export const Ids = setOf(Id)

/** A point in time in a response: ISO 8601 in UTC with milliseconds. */
export const Time = z.date().transform(date => date.toISOString()).pipe(z.iso.datetime({ precision: 3 })).meta({
  id: 'Time',
  description: 'ISO 8601 in UTC with milliseconds',
  example: '2026-11-21T09:30:00.000Z',
})
