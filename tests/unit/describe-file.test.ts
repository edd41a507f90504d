import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extensionOf, fileNameOf } from '#server/contracts/kit/file-name'
import { describeFile } from '#server/files/describe-file'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('fileNameOf', () => {
  it.each([
    [{ title: 'example', extension: 'py' }, 'example.py'],
    [{ title: 'example', extension: '.py' }, 'example.py'],
    [{ title: 'example.py', extension: 'py' }, 'example.py'],
    [{ title: 'EXAMPLE.PY', extension: 'py' }, 'EXAMPLE.PY'],
    [{ title: 'example.py' }, 'example.py'],
    [{ title: 'example.txt', extension: 'py' }, 'example.txt.py'],
    [{ title: 'archive', extension: 'tar.gz' }, 'archive.tar.gz'],
    [{ title: 'README' }, 'README'],
    [{ title: '.gitignore' }, '.gitignore'],
    [{ title: 'notes', extension: '' }, 'notes'],
    [{ title: '..', extension: 'py' }, 'untitled.py'],
    [{ title: 'src/lib/', extension: '../rs' }, 'lib.rs'],
    [{ title: 'NUL', extension: 'c' }, 'NUL_.c'],
    [{ title: 'com1 .c' }, 'com1_ .c'],
  ])('builds the name of %j: %s', (file, name) => {
    expect(fileNameOf(file)).toBe(name)
  })
})

describe('the name and the extension of any file', () => {
  const unsafe = /[/\\\p{Cc}\u2028\u2029]|\.\.|^$|^\.$|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu
  const text = fc.string({
    unit: fc.constantFrom(...'aCONprnaux1 .-/\\:\0\n\u0085\u2028🪐'), minLength: 1, maxLength: 12,
  })

  it('are safe', () => {
    fc.assert(fc.property(text, fc.option(text, { nil: undefined }), (title, extension) => {
      expect(fileNameOf({ title, extension })).not.toMatch(unsafe)
      expect(`_${extensionOf({ title, extension })}`).not.toMatch(unsafe)
    }), { numRuns: 5000 })
  })
})

describe('describeFile with a text file', () => {
  it.each([
    ['main.ts', 'typescript', 'ts', 'text/plain'],
    ['main.rs', 'rust', 'rs', 'text/plain'],
    ['main.py', 'python', 'py', 'text/plain'],
    ['main.sql', 'sql', 'sql', 'application/sql'],
    ['page.html', 'html', 'html', 'text/html'],
    ['data.json', 'json', 'json', 'application/json'],
    ['style.css', 'css', 'css', 'text/css'],
    ['README.md', 'markdown', 'md', 'text/markdown'],
    ['table.csv', 'csv', 'csv', 'text/csv'],
    ['main.h', '', 'h', 'text/x-c'],
    ['Makefile', '', '', 'text/plain'],
    ['picture.png', '', 'png', 'text/plain'],
  ])('derives the language, extension and a text type for %s', async (title, language, extension, type) => {
    const expected = { name: title, language, extension, type, is_text: true }
    expect(await describeFile({ title, content: utf8('x') })).toMatchObject(expected)
  })

  it('keeps a given language and extension', async () => {
    expect(await describeFile({ title: 'a', language: 'Klingon', extension: 'kl', content: utf8('x') }))
      .toMatchObject({ title: 'a', name: 'a.kl', language: 'Klingon', extension: 'kl' })
  })

  it('accepts an empty file', async () => {
    const file = await describeFile({ title: 'a.py', content: utf8('') })
    expect(file).toMatchObject({ is_text: true, type: 'text/plain' })
  })
})

describe('describeFile with a binary file', () => {
  const pdf = readFileSync('server/demo/files/release-notes.pdf')
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52)

  it.each([
    ['notes.pdf', pdf, 'application/pdf'],
    ['notes.txt', pdf, 'application/pdf'],
    ['a.bin', Uint8Array.of(0), 'application/octet-stream'],
    ['a', Uint8Array.of(0xff, 0xfe), 'application/octet-stream'],
    ['a.png', png, 'image/png'],
  ])('detects the type of %s by content, then by name', async (title, content, type) => {
    expect(await describeFile({ title, content })).toMatchObject({ type, is_text: false })
  })

  it.each([
    ['a NUL byte', utf8('a\0b')],
    ['a truncated character', Uint8Array.of(0x61, 0xc3)],
    ['an encoded surrogate', Uint8Array.of(0xed, 0xa0, 0x80)],
  ])('recognizes %s as binary', async (_, content) => {
    expect(await describeFile({ title: 'a.txt', content })).toMatchObject({ is_text: false })
  })
})
