import { maxFormParts, maxPartHeaderBytes } from '#server/contracts/kit/limits'

/**
 * What makes a multipart form take far more time to parse than its length suggests: many parts, long headers, or no
 * part at all.
 * @param boundary what separates its parts
 * @returns undefined if there is no such problem; the form may still be malformed
 */
export function problemOfParts(form: Buffer, boundary: string): string | undefined {
  const first = `--${boundary}`
  const delimiter = `\r\n${first}`
  let count = 0
  for (let at = form.indexOf(first); at >= 0; at = form.indexOf(delimiter, at + 1)) {
    if (count++ > maxFormParts) return `Must have at most ${maxFormParts} parts`
    const headers = form.subarray(at, at + maxPartHeaderBytes)
    if (headers.length === maxPartHeaderBytes && !headers.includes('\r\n\r\n'))
      return `Must have parts whose headers take at most ${maxPartHeaderBytes} bytes`
  }
  return count === 0 ? 'Must have a part' : undefined
}
