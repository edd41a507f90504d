import { defaultMaxBodyBytes, defaultMaxFileBytes, maxFilesPerRequest } from '#server/contracts/kit/limits'
import type { Case } from './case.ts'

const boundary = 'x-neptun-x'

const part = (content: string, disposition = 'form-data; name="files"; filename="a.txt"', more = '') =>
  `--${boundary}\r\nContent-Disposition: ${disposition}\r\n${more}\r\n${content}\r\n`

const form = (...parts: string[]) => `${parts.join('')}--${boundary}--\r\n`

function upload(title: string, body: () => string, type = `multipart/form-data; boundary=${boundary}`): Case {
  return {
    kind: 'huge forms',
    title,
    request: ({ chat, ids, headers }) => ({
      method: 'POST',
      path: `${chat}/files/${ids.message_id}`,
      headers: { ...headers, 'content-type': type },
      body: body(),
    }),
  }
}

const small = 500_000

const urlencoded = 'application/x-www-form-urlencoded'
const nested = '['.repeat(1e6)

/** Forms that are too large, have too many parts, or are hard to parse. */
export const formCases: Case[] = [
  upload('a file of the largest size', () => form(part('x'.repeat(defaultMaxFileBytes)))),
  upload('a file of one byte more', () => form(part('x'.repeat(defaultMaxFileBytes + 1)))),
  upload('one byte more than the largest body', () => form(part('x'.repeat(defaultMaxBodyBytes)))),
  upload(`${maxFilesPerRequest} files`, () => form(...Array<string>(maxFilesPerRequest).fill(part('x')))),
  upload('40,000 files', () => form(...Array<string>(40_000).fill(part('x')))),
  upload('60,000 fields', () => form(...Array<string>(60_000).fill(part('x', 'form-data; name="a"')))),
  upload('a field of 4 MB', () => form(part('x'.repeat(4e6), 'form-data; name="a"'))),
  upload('a part with a header of 4 MB', () => form(part('x', undefined, `X-Long: ${'x'.repeat(4e6)}\r\n`))),
  upload('a part with 400,000 headers', () => form(part('x', undefined, 'X-A: b\r\n'.repeat(400_000)))),
  upload('a file name of 4 MB', () => form(part('x', `form-data; name="files"; filename="${'x'.repeat(4e6)}"`))),
  upload('400,000 parameters', () => form(part('x', `form-data; name="files"${'; a="b"'.repeat(400_000)}`))),
  upload('a file name of backslashes', () =>
    form(part('x', `form-data; name="files"; filename="${'\\"'.repeat(2e6)}"`))),
  upload('boundaries only', () => `--${boundary}\r\n`.repeat(250_000)),
  upload('dashes only', () => '-'.repeat(4e6)),
  upload('almost boundaries', () => form(part(`\r\n--${boundary.slice(0, -1)}`.repeat(small / 2)))),
  upload('line feeds only', () => '\r\n'.repeat(2e6)),
  upload('no end', () => part('x'.repeat(4e6))),
  upload('a boundary of 10 kB', () => form(part('x')), `multipart/form-data; boundary=${'x'.repeat(10_000)}`),
  upload('no boundary', () => form(part('x'.repeat(4e6))), 'multipart/form-data'),
  upload('forms in forms', () => form(...Array<string>(20_000).fill(
    part('', 'form-data; name="files"', `Content-Type: multipart/mixed; boundary=${boundary}\r\n`)))),
  upload('a URL-encoded text of 4 MB', () => `text=${'%20'.repeat(1.4e6)}`, urlencoded),
  upload('2,000,000 URL-encoded fields', () => 'a&'.repeat(2e6), urlencoded),
  upload('a URL-encoded field 1,000,000 times', () => 'text'.concat('&text'.repeat(9e5)), urlencoded),
  upload('a URL-encoded field name of 4 MB', () => `${'%74'.repeat(1.4e6)}=x`, urlencoded),
  upload('deep JSON in a URL-encoded field', () => `files=${nested}`, urlencoded),
  upload('100,000 URL-encoded files', () => `files=[${'{},'.repeat(1e5)}{}]`, urlencoded),
  upload('invalid percent-encoding', () => `text=${'%'.repeat(4e6)}`, urlencoded),
]
