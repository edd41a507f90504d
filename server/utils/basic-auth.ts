/**
 * The password of an `Authorization: Basic` header; the user part may be anything, the password may hold colons and
 * any UTF-8 (RFC 7617). Undefined where there is none that could be read.
 */
export function basicPassword(header: string | undefined): string | undefined {
  const [, encoded] = /^basic +([\w+/-]+=*) *$/i.exec(header ?? '') ?? []
  if (!encoded) return undefined
  try {
    const credentials = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'))
    const colon = credentials.indexOf(':')
    return colon < 0 ? undefined : credentials.slice(colon + 1)
  }
  catch {
    return undefined
  }
}
