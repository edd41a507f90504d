import { describe, expect, it } from 'vitest'
import { basicPassword } from '#server/auth/basic-auth'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('basicPassword', () => {
  it.each([
    [`Basic ${base64(':secret')}`, 'secret'],
    [`Basic ${base64('anybody:secret')}`, 'secret'],
    [`Basic ${base64(':a:b::c')}`, 'a:b::c'],
    [`Basic ${base64(':pässwörd 🗝')}`, 'pässwörd 🗝'],
    [`basic   ${base64(':secret')} `, 'secret'],
    [`Basic ${base64(':\uFEFFsecret')}`, '\uFEFFsecret'],
    [`Basic ${base64(':')}`, ''],
    [`Basic ${base64('no colon')}`, undefined],
    [`Basic ${Buffer.from([0x3a, 0xff]).toString('base64')}`, undefined],
    ['Basic', undefined],
    ['Basic !!!', undefined],
    ['Bearer c2VjcmV0', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('parses %j as %j', (header, password) => {
    expect(basicPassword(header)).toBe(password)
  })
})
