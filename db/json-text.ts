/** Characters that are written at a time, at most. */
const sliceLength = 32 * 1024

/** Whether a text is so long that its JSON is written in pieces. */
export const isLongText = (text: string): boolean => text.length > sliceLength

/**
 * The JSON of a text, in pieces if it is long. V8 maps new memory for each result of more than 128 KiB, which can take
 * several times as long as writing it.
 */
export function* jsonOfText(text: string): Generator<string> {
  if (!isLongText(text)) {
    yield JSON.stringify(text)
    return
  }
  yield '"'
  for (const slice of slicesOf(text, sliceLength)) yield JSON.stringify(slice).slice(1, -1)
  yield '"'
}

/** Splits a text, but no surrogate pair. */
export function* slicesOf(text: string, length: number): Generator<string> {
  for (let at = 0; at < text.length;) {
    const isSplit = (text.codePointAt(at + length - 1) ?? 0) > 0xffff
    const end = at + length - (isSplit ? 1 : 0)
    yield text.slice(at, end)
    at = end
  }
}

/** The characters in the parts of a text, from one of them on. */
export function charactersIn(parts: readonly string[], start = 0): number {
  let sum = 0
  for (let i = start; i < parts.length; i++) sum += parts[i]!.length
  return sum
}
