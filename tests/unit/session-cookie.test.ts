import { describe, expect, it } from 'vitest'
import { createSessionToken, readTokenKey } from '#server/auth/session-cookie'

const findKey = (token: string) => readTokenKey({ 'neptun-session': token })

describe('a session token', () => {
  it.each([1, 255, 4_294_967_296, Number.MAX_SAFE_INTEGER])('leads to its session: user %i', (user_id) => {
    const { token, ...key } = createSessionToken({ user_id })
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(findKey(token)).toStrictEqual({ ...key, user_id })
  })

  it.each([
    ['empty', ''],
    ['too short', 'A'.repeat(42)],
    ['too long', 'A'.repeat(44)],
    ['of an id that no user can have', Buffer.alloc(32, 255).toString('base64url')],
    ['not base64url', 'é'.repeat(43)],
  ])('leads nowhere when it is %s', (_, token) => {
    expect(findKey(token)).toBeUndefined()
  })
})
