import fc, { type Arbitrary } from 'fast-check'
import { text } from './schema-values.ts'

const boundary = 'x-neptun-x'

export const formType = `multipart/form-data; boundary=${boundary}`

const file = fc.record({
  name: text(1, 100),
  content: fc.oneof(text(0, 1000).map(text => Buffer.from(text)), fc.uint8Array({ maxLength: 1000 })),
})

/** Forms with files, as a browser writes them. */
export const forms = fc.array(file, { minLength: 1, maxLength: 4 }).map(files => formOf(files.map(({ name, content }) =>
  partOf(`form-data; name="files"; filename="${escaped(name)}"`, content))))

const escaped = (name: string) => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const partOf = (disposition: string, content: Uint8Array | string, rest = '') =>
  Buffer.concat([Buffer.from(`Content-Disposition: ${disposition}\r\n${rest}\r\n`), Buffer.from(content as string)])

function formOf(parts: Buffer[]): Buffer {
  const delimited = parts.flatMap(part => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')])
  return Buffer.concat([...delimited, Buffer.from(`--${boundary}--\r\n`)])
}

const oddDispositions = [
  '', 'form-data', 'form-data; name="files"', 'form-data; filename="a.txt"', 'form-data; name=files; filename=a.txt',
  'attachment; filename="a.txt"',
  ...[
    '', ' ', '\0', 'a\\"b.txt', '\ud83d', '../../etc/passwd', 'a.txt" "', 'x'.repeat(256), '🪐'.repeat(255), '🪐'.repeat(256),
  ].map(name => `form-data; name="files"; filename="${name}"`),
  'form-data; name="files"; filename="a.txt', 'form-data; name="__proto__"; filename="a"',
  'form-data; name="files"; filename*=UTF-8\'\'%e2%82%ac.txt',
]
const aFile = 'form-data; name="files"; filename="a"'

const oddPart = fc.tuple(
  fc.constantFrom(...oddDispositions),
  fc.constantFrom('', 'Content-Type: \r\n', 'x\r\n', 'Content-Transfer-Encoding: base64\r\n'),
).map(([disposition, rest]) => formOf([partOf(disposition, 'x', rest)]))
const manyParts = fc.constantFrom(0, 2, 100, 101, 1001).map(count => formOf(Array<Buffer>(count).fill(partOf(aFile, ''))))
const otherLineEnds = forms.map(form => Buffer.from(form.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'))
const twoForms = forms.map(form => Buffer.concat([Buffer.from('preamble\r\n'), form, form]))
/** As large as a file may be, or a byte more. */
const largeFile = fc.constantFrom(0, 1).map(more => formOf([partOf(aFile, Buffer.alloc(4 * 1024 * 1024 + more))]))

/** Forms that no browser writes. */
export const oddForms: Arbitrary<Buffer> = fc.oneof(
  { weight: 20, arbitrary: oddPart },
  { weight: 5, arbitrary: manyParts },
  { weight: 5, arbitrary: otherLineEnds },
  { weight: 5, arbitrary: twoForms },
  { weight: 1, arbitrary: largeFile },
)
