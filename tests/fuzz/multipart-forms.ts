import fc, { type Arbitrary } from 'fast-check'
import { text } from './schema-values.ts'

const boundary = 'x-neptun-x'

export const formType = `multipart/form-data; boundary=${boundary}`

const file = fc.record({
  name: text(1, 100),
  content: fc.oneof(text(0, 1000).map(text => Buffer.from(text)), fc.uint8Array({ maxLength: 1000 })),
})

/** Forms with files, as browsers encode them. */
export const forms = fc.array(file, { minLength: 1, maxLength: 4 }).map(files => encodeForm(files.map(part =>
  encodePart(`form-data; name="files"; filename="${escapeName(part.name)}"`, part.content))))

const escapeName = (name: string) => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const encodePart = (disposition: string, content: Uint8Array | string, headers = '') =>
  Buffer.concat([
    Buffer.from(`Content-Disposition: ${disposition}\r\n${headers}\r\n`),
    Buffer.from(content as string),
  ])

function encodeForm(parts: Buffer[]): Buffer {
  const delimited = parts.flatMap(part => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')])
  return Buffer.concat([...delimited, Buffer.from(`--${boundary}--\r\n`)])
}

const edgeNames = [
  '', ' ', '\0', 'a\\"b.txt', '\ud83d', '../../etc/passwd', 'a.txt" "',
  'x'.repeat(256), '🪐'.repeat(255), '🪐'.repeat(256),
]
const edgeDispositions = [
  '', 'form-data', 'form-data; name="files"', 'form-data; filename="a.txt"', 'form-data; name=files; filename=a.txt',
  'attachment; filename="a.txt"',
  ...edgeNames.map(name => `form-data; name="files"; filename="${name}"`),
  'form-data; name="files"; filename="a.txt', 'form-data; name="__proto__"; filename="a"',
  'form-data; name="files"; filename*=UTF-8\'\'%e2%82%ac.txt',
]
const validDisposition = 'form-data; name="files"; filename="a"'

const edgePart = fc.tuple(
  fc.constantFrom(...edgeDispositions),
  fc.constantFrom('', 'Content-Type: \r\n', 'x\r\n', 'Content-Transfer-Encoding: base64\r\n'),
).map(([disposition, headers]) => encodeForm([encodePart(disposition, 'x', headers)]))
const manyParts = fc.constantFrom(0, 2, 100, 101, 1001).map(count =>
  encodeForm(Array<Buffer>(count).fill(encodePart(validDisposition, ''))))
const bareLineFeeds = forms.map(form => Buffer.from(form.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'))
const twoForms = forms.map(form => Buffer.concat([Buffer.from('preamble\r\n'), form, form]))
/** A file of the maximum size, or one byte more. */
const largeFile = fc.constantFrom(0, 1).map(excess =>
  encodeForm([encodePart(validDisposition, Buffer.alloc(4 * 1024 * 1024 + excess))]))

/** Forms that no browser sends. */
export const edgeForms: Arbitrary<Buffer> = fc.oneof(
  { weight: 20, arbitrary: edgePart },
  { weight: 5, arbitrary: manyParts },
  { weight: 5, arbitrary: bareLineFeeds },
  { weight: 5, arbitrary: twoForms },
  { weight: 1, arbitrary: largeFile },
)
