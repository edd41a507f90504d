import { EventLoopTurn } from '#db/event-loop-turn'
import { maxJsonDepth, maxJsonValues } from '#server/contracts/kit/limits'

/** The characters of JSON that matter for its structure, as bytes of UTF-8. */
const [quote, backslash, comma, openArray, closeArray, openObject, closeObject] = Buffer.from('"\\,[]{}')

/** Bytes that are scanned at a time, in less than a millisecond. */
const sliceLength = 128 * 1024

/** What is known about JSON up to some place. */
interface Scan {
  depth: number
  /** Arrays, objects, and the items and fields after the first ones: never less than the values there are. */
  values: number
  isInString: boolean
  isEscaped: boolean
}

/**
 * What makes JSON take far more time to parse and to validate than its length suggests: deep nesting, or many values.
 * @returns undefined if there is no such problem; the text may still be malformed
 */
export async function problemOfJson(json: Uint8Array): Promise<string | undefined> {
  const turn = new EventLoopTurn()
  const scan: Scan = { depth: 0, values: 1, isInString: false, isEscaped: false }
  for (let at = 0; at < json.length; at += sliceLength) {
    if (at > 0) await turn.next()
    scanSlice(json.subarray(at, at + sliceLength), scan)
    if (scan.depth > maxJsonDepth) return `Must be nested at most ${maxJsonDepth} levels deep`
    if (scan.values > maxJsonValues) return `Must have at most ${maxJsonValues.toLocaleString('en')} values`
  }
  return undefined
}

/** Continues a scan, until it exceeds a limit. */
function scanSlice(json: Uint8Array, scan: Scan): void {
  let { depth, values, isInString, isEscaped } = scan
  for (let i = 0; i < json.length && depth <= maxJsonDepth && values <= maxJsonValues; i++) {
    const byte = json[i]
    if (isEscaped) isEscaped = false
    else if (byte === quote) isInString = !isInString
    else if (isInString) isEscaped = byte === backslash
    else if (byte === comma) values++
    else if (byte === closeArray || byte === closeObject) depth--
    else if (byte === openArray || byte === openObject) [depth, values] = [depth + 1, values + 1]
  }
  Object.assign(scan, { depth, values, isInString, isEscaped })
}
