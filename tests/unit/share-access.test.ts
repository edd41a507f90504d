import { describe, expect, it } from 'vitest'
import { decideShareAccess, describeShare, type ShareAccess } from '#server/auth/share-access'

const now = new Date('2026-06-01T12:00:00Z')
const [past, future] = [new Date('2026-06-01T11:59:59.999Z'), new Date('2026-06-01T12:00:00.001Z')]

const open = { ownerId: 1, isSwitchedOn: true, expiresAt: null, hasPassword: false, hasWhitelist: false }
const protectedShare = { ...open, hasPassword: true }
const whitelisted = { ...open, hasWhitelist: true }
const both = { ...open, hasPassword: true, hasWhitelist: true }
const disabled = { ...open, isSwitchedOn: false }
const disabledBoth = { ...both, isSwitchedOn: false }

const owner = { id: 1, isWhitelisted: false }
/** A user on the whitelist. */
const guest = { id: 2, isWhitelisted: true }
const otherUser = { id: 3, isWhitelisted: false }

const access = (share?: ShareAccess['share'], viewer?: ShareAccess['viewer'], isPasswordProven = false): ShareAccess =>
  ({ share, viewer, isPasswordProven, now })

describe('decideShareAccess', () => {
  it.each([
    ['reports a missing share', access(undefined), 'missing'],
    ['reports a missing share to a signed-in user', access(undefined, otherUser, true), 'missing'],

    ['denies a disabled share', access(disabled), 'inactive'],
    ['denies a disabled share to its owner', access(disabled, owner), 'inactive'],
    ['denies a disabled share to a guest with the password', access(disabledBoth, guest, true), 'inactive'],
    ['denies an expired share', access({ ...open, expiresAt: past }), 'inactive'],
    ['denies a share at its exact expiry time', access({ ...open, expiresAt: now }), 'inactive'],
    ['denies an expired share to its owner', access({ ...open, expiresAt: past }, owner), 'inactive'],
    ['admits callers before the expiry', access({ ...open, expiresAt: future }), 'granted'],

    ['admits anonymous callers to an open share', access(open), 'granted'],
    ['admits signed-in users to an open share', access(open, otherUser), 'granted'],

    ['admits the owner of a protected share without the password', access(protectedShare, owner), 'granted'],
    ['admits the owner of a whitelisted share without an entry', access(whitelisted, owner), 'granted'],
    ['admits the owner of a share with both guards', access(both, owner), 'granted'],

    ['requires sign-in for a whitelisted share', access(whitelisted), 'session-required'],
    ['denies a whitelisted share to users without an entry', access(whitelisted, otherUser), 'not-whitelisted'],
    ['admits guests to a whitelisted share', access(whitelisted, guest), 'granted'],
    ['requires sign-in despite a password', access(whitelisted, undefined, true), 'session-required'],
    ['denies a whitelisted share despite a password', access(whitelisted, otherUser, true), 'not-whitelisted'],

    ['requires the password of anonymous callers', access(protectedShare), 'password-required'],
    ['admits anonymous callers with the password', access(protectedShare, undefined, true), 'granted'],
    ['requires the password of signed-in users', access(protectedShare, otherUser), 'password-required'],
    ['requires the password of guests on a disabled whitelist', access(protectedShare, guest), 'password-required'],
    ['admits signed-in users with the password', access(protectedShare, otherUser, true), 'granted'],

    ['requires sign-in first for a share with both guards', access(both), 'session-required'],
    ['requires sign-in first even with the password', access(both, undefined, true), 'session-required'],
    ['denies users with the password but without an entry', access(both, otherUser, true), 'not-whitelisted'],
    ['requires the password of guests', access(both, guest), 'password-required'],
    ['admits guests with the password to a share with both guards', access(both, guest, true), 'granted'],
  ] as const)('%s', (_, given, verdict) => {
    expect(decideShareAccess(given)).toBe(verdict)
  })
})

describe('describeShare', () => {
  const flags = (...values: boolean[]) => {
    const [shareExists, shareIsActive, shareIsPrivate, shareHasPassword, shareHasWhitelist] = values
    return { shareExists, shareIsActive, shareIsPrivate, shareHasPassword, shareHasWhitelist }
  }

  it.each([
    ['reports a missing share', undefined, 'missing', flags(false, false, false, false, false)],
    ['reports only the existence of an inactive share', both, 'inactive', flags(true, false, false, false, false)],
    ['reports an open share', open, 'granted', flags(true, true, false, false, false)],
    ['reports a password', protectedShare, 'password-required', flags(true, true, true, true, false)],
    ['reports a whitelist', whitelisted, 'not-whitelisted', flags(true, true, true, false, true)],
    ['reports both guards', both, 'granted', flags(true, true, true, true, true)],
  ] as const)('%s', (_, share, verdict, expected) => {
    expect(describeShare({ share }, verdict)).toStrictEqual(expected)
  })
})
