import { isLongText, jsonOfText } from '#db/json-text'

/** The JSON of a value without methods, in parts if it contains a long text. */
export function* jsonOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield* jsonOfText(value)
  else if (hasLongText(value)) yield* jsonOfItems(value)
  else yield JSON.stringify(value)
}

/** The JSON of a list or an object. */
function* jsonOfItems(value: object): Generator<string> {
  const isList = Array.isArray(value)
  let separator = isList ? '[' : '{'
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue
    yield isList ? separator : `${separator}${JSON.stringify(name)}:`
    yield* jsonOf(item)
    separator = ','
  }
  yield isList ? ']' : '}'
}

/** Whether a list or an object contains a long text. */
function hasLongText(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(item => typeof item === 'string' ? isLongText(item) : hasLongText(item))
}
