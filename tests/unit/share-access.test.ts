import { describe, expect, it } from 'vitest'
import { decideShareAccess, describeShare, type ShareAccess } from '#server/services/share-access'

const now = new Date('2026-06-01T12:00:00Z')
const [past, future] = [new Date('2026-06-01T11:59:59.999Z'), new Date('2026-06-01T12:00:00.001Z')]

const open = { ownerId: 1, isSwitchedOn: true, expiresAt: null, hasPassword: false, hasWhitelist: false }
const protectedShare = { ...open, hasPassword: true }
const whitelisted = { ...open, hasWhitelist: true }
const both = { ...open, hasPassword: true, hasWhitelist: true }

const owner = { id: 1, isWhitelisted: false }
const guest = { id: 2, isWhitelisted: true }
const stranger = { id: 3, isWhitelisted: false }

const access = (share?: ShareAccess['share'], viewer?: ShareAccess['viewer'], isPasswordProven = false): ShareAccess =>
  ({ share, viewer, isPasswordProven, now })

describe('who may open a shared chat', () => {
  it.each([
    ['no share', access(undefined), 'missing'],
    ['no share, and somebody signed in', access(undefined, stranger, true), 'missing'],

    ['switched off', access({ ...open, isSwitchedOn: false }), 'inactive'],
    ['switched off, for its owner', access({ ...open, isSwitchedOn: false }, owner), 'inactive'],
    ['switched off, with whitelist and password met', access({ ...both, isSwitchedOn: false }, guest, true), 'inactive'],
    ['expired', access({ ...open, expiresAt: past }), 'inactive'],
    ['expiring this very moment', access({ ...open, expiresAt: now }), 'inactive'],
    ['expired, for its owner', access({ ...open, expiresAt: past }, owner), 'inactive'],
    ['not yet expired', access({ ...open, expiresAt: future }), 'granted'],

    ['open, for anybody', access(open), 'granted'],
    ['open, for somebody signed in', access(open, stranger), 'granted'],

    ['the owner, past a password', access(protectedShare, owner), 'granted'],
    ['the owner, past a whitelist that they are not on', access(whitelisted, owner), 'granted'],
    ['the owner, past both', access(both, owner), 'granted'],

    ['a whitelist, for nobody in particular', access(whitelisted), 'sign-in-needed'],
    ['a whitelist, for somebody who is not on it', access(whitelisted, stranger), 'not-whitelisted'],
    ['a whitelist, for somebody on it', access(whitelisted, guest), 'granted'],
    ['a whitelist is not opened by a password', access(whitelisted, undefined, true), 'sign-in-needed'],
    ['a whitelist is not opened by a password, signed in or not', access(whitelisted, stranger, true), 'not-whitelisted'],

    ['a password that was not given', access(protectedShare), 'password-needed'],
    ['a password that was proven', access(protectedShare, undefined, true), 'granted'],
    ['a password that was not given, signed in', access(protectedShare, stranger), 'password-needed'],
    ['a password is not replaced by being on an old whitelist', access(protectedShare, guest), 'password-needed'],
    ['a password that was proven, signed in', access(protectedShare, stranger, true), 'granted'],

    ['both, with neither', access(both), 'sign-in-needed'],
    ['both, with the password alone', access(both, undefined, true), 'sign-in-needed'],
    ['both, with the password, not on the whitelist', access(both, stranger, true), 'not-whitelisted'],
    ['both, on the whitelist without the password', access(both, guest), 'password-needed'],
    ['both, with both', access(both, guest, true), 'granted'],
  ] as const)('%s', (_, given, verdict) => {
    expect(decideShareAccess(given)).toBe(verdict)
  })
})

describe('what a caller is told of a share', () => {
  const flags = (...[shareExists, shareIsActive, shareIsPrivate, shareHasPassword, shareHasWhitelist]: boolean[]) =>
    ({ shareExists, shareIsActive, shareIsPrivate, shareHasPassword, shareHasWhitelist })

  it.each([
    ['nothing, where there is none', undefined, 'missing', flags(false, false, false, false, false)],
    ['that it exists, and no more, where it is off', both, 'inactive', flags(true, false, false, false, false)],
    ['that it is open', open, 'granted', flags(true, true, false, false, false)],
    ['that it wants a password', protectedShare, 'password-needed', flags(true, true, true, true, false)],
    ['that it has a whitelist', whitelisted, 'not-whitelisted', flags(true, true, true, false, true)],
    ['both', both, 'granted', flags(true, true, true, true, true)],
  ] as const)('%s', (_, share, verdict, expected) => {
    expect(describeShare({ share }, verdict)).toStrictEqual(expected)
  })
})
