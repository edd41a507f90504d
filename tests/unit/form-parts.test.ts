import { describe, expect, it } from 'vitest'
import { problemOfParts } from '#server/endpoint/form-parts'

const part = (content = 'x', headers = '') =>
  `--b\r\nContent-Disposition: form-data; name="a"\r\n${headers}\r\n${content}\r\n`
const problemOf = (...parts: string[]) => problemOfParts(Buffer.from(`${parts.join('')}--b--\r\n`), 'b')

describe('the parts of a form', () => {
  it('may be 200', () => {
    expect(problemOf(...Array<string>(200).fill(part()))).toBeUndefined()
    expect(problemOf(...Array<string>(201).fill(part()))).toBe('Must have at most 200 parts')
  })

  it('must not be missing', () => {
    expect(problemOfParts(Buffer.from('-'.repeat(1000)), 'b')).toBe('Must have a part')
    expect(problemOf()).toBeUndefined()
  })

  it('are not what looks like them in the middle of a line', () => {
    expect(problemOf(part('--b'.repeat(1000)))).toBeUndefined()
  })

  it('may have headers of up to 16 KiB, and a content of any length', () => {
    expect(problemOf(part('x'), part('x'.repeat(100_000), `X-A: ${'x'.repeat(16_000)}\r\n`))).toBeUndefined()
    for (const headers of [`X-A: ${'x'.repeat(16_384)}\r\n`, 'X-A: b\r\n'.repeat(3000)]) {
      expect(problemOf(part(), part('x', headers)))
        .toBe('Must have parts whose headers take at most 16384 bytes')
    }
  })
})
