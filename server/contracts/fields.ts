import { z } from 'zod'

/**
 * Text that the database can hold as it is: whole Unicode characters, none of them NUL, and `min` to `max` of them.
 * With `trim`, white space around it does not count and is not kept.
 */
export function text(min: number, max: number, { trim = false } = {}) {
  const string = trim ? z.string().trim() : z.string()
  return string
    .refine(value => value.isWellFormed() && !value.includes('\0'), 'Contains a NUL or half a surrogate pair')
    .refine(value => hasLength(value, min, max), `Must have ${min} to ${max} characters`)
}

/** Counts as PostgreSQL does: characters, not the two halves of an emoji. */
function hasLength(value: string, min: number, max: number): boolean {
  if (value.length < min || value.length > 2 * max) return false
  if (value.length >= 2 * min && value.length <= max) return true
  let count = 0
  for (const _ of value) count++
  return count >= min && count <= max
}

/** A list of `min` to `max` items. One that is too long is refused before any of its items is looked at. */
export function listOf<Item extends z.ZodType>(item: Item, min: number, max: number) {
  return z.array(z.unknown()).min(min).max(max).pipe(z.array(item))
}

/** Names, kinds and languages. */
export const Name = text(1, 255, { trim: true })

/** An address, trimmed and in lower case: one address, one account. */
export const Email = text(1, 254, { trim: true }).transform(value => value.toLowerCase()).pipe(z.email())

/** What a whitelist takes: up to 1,000 addresses, doubles counted once. */
export const Emails = z.array(z.unknown())
  .transform(list => [...new Set(list.map(item => typeof item === 'string' ? item.trim().toLowerCase() : item))])
  .pipe(listOf(Email, 1, 1000))

/** What is to be done with up to 1,000 rows at once, doubles counted once. */
export const Ids = z.array(z.unknown())
  .transform(list => [...new Set(list)])
  .pipe(listOf(z.int().positive(), 1, 1000))

/** `publisher/name`. Whether it is among the allowed ones is another question. */
export const ModelIdentifier = z.string()
  .max(200)
  .regex(/^[\w.:-]+\/[\w.:-]+$/, 'Must be a model identifier such as google/gemma-2-27b-it')

/** A point in time with its offset from UTC, kept to the millisecond. */
export const Instant = z.iso.datetime({ offset: true })
  .transform(value => new Date(value))
  .refine(date => date.getUTCFullYear() >= 1970 && date.getUTCFullYear() <= 9999, 'Must be between the years 1970 and 9999')

/** An id in an answer. */
export const Id = z.int().positive()

/** A point in time in an answer: ISO 8601, UTC, milliseconds. */
export const Time = z.date().transform(date => date.toISOString()).pipe(z.iso.datetime({ precision: 3 }))
