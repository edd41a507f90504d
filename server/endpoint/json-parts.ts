import { EventLoopTurn } from '#db/event-loop-turn'
import { isLongText, jsonOfText } from '#db/json-text'

/** Adds the JSON of a value without methods to the parts of a text: several parts if it contains a long text. */
export async function addJson(parts: string[], value: unknown): Promise<void> {
  const turn = new EventLoopTurn()
  for (const part of jsonOf(value)) {
    parts.push(part)
    if (turn.isOver(part.length)) await turn.next()
  }
}

function* jsonOf(value: unknown): Generator<string> {
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
