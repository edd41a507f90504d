/**
 * The password of an `Authorization: Basic` header (RFC 7617). The user part is ignored; the password may contain
 * colons and any UTF-8.
 * @returns undefined if the header is missing, malformed or of another scheme
 */
export function basicPassword(header: string | undefined): string | undefined {
  const [, encoded] = /^basic +([\w+/-]+=*) *$/i.exec(header ?? '') ?? []
  if (!encoded) return undefined
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const credentials = decoder.decode(Buffer.from(encoded, 'base64'))
    const colon = credentials.indexOf(':')
    return colon < 0 ? undefined : credentials.slice(colon + 1)
  }
  catch {
    return undefined
  }
}
