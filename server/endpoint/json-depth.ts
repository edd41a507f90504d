/** The characters of JSON that matter for nesting, as bytes of UTF-8. */
const [quote, backslash, openArray, closeArray, openObject, closeObject] = Buffer.from('"\\[]{}')

/** Whether JSON is nested deeper than `limit`. Text that is not JSON may get either answer. */
export function isDeeperThan(limit: number, json: Uint8Array): boolean {
  let depth = 0
  let isInString = false
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]
    if (byte === quote) isInString = !isInString
    else if (isInString) i += byte === backslash ? 1 : 0
    else if (byte === closeArray || byte === closeObject) depth--
    else if ((byte === openArray || byte === openObject) && ++depth > limit) return true
  }
  return false
}
