import { sessionOf } from '../../tests/support/factories.ts'
import type { Context } from '../part.ts'
import { logIn, sendersOf, signUp } from '../users.ts'
import { hasStatus, moment, times, together, type Outcome } from './run-together.ts'

const kind = 'change password, log in'
const newPasswords = ['a first new password', 'a second new password']

/** Changes a password twice at once, while others log in with the old and the new ones. */
export async function changePassword(context: Context): Promise<void> {
  const { tally, url } = context
  const user = await signUp(url)
  const change = async (password: string) => {
    await moment()
    return user.send('PATCH', `/api/users/${user.id}`, { password, current_password: user.password })
  }
  const enter = async (password: string) => {
    await moment()
    return logIn(url, { email: user.email, password })
  }
  const [changes, oldLogins, ...newLogins] = await Promise.all([
    together(context, kind, [200, 403], newPasswords.map(change)),
    together(context, kind, [200, 401], times(4, () => enter(user.password))),
    ...newPasswords.map(password => together(context, kind, [200, 401], times(2, () => enter(password)))),
  ])
  const fall = (what: string) => tally.fell(kind, `${what}, for ${user.email}`)
  const changed = changes.map(hasStatus(200))
  const count = changed.filter(isChanged => isChanged).length
  if (count > 1 || (count === 0 && !changes.some(hasStatus(503)))) fall(`${count} of 2 changes succeeded`)
  const isValid = [count === 0, ...changed]
  for (const [i, logins] of [oldLogins, ...newLogins].entries()) {
    const password = [user.password, ...newPasswords][i]!
    const { status } = await logIn(url, { email: user.email, password })
    if (status !== (isValid[i] ? 200 : 401)) fall(`the password '${password}' gets ${status} after the changes`)
    if (await countLive(url, logins) !== (isValid[i] ? logins.filter(hasStatus(200)).length : 0))
      fall(`sessions with the password '${password}' are not as they should be after the changes`)
  }
  if ((await user.get('/api/auth/check')).status !== 200) fall('the session of the change has ended')
}

/** The number of logins whose session has not ended. */
async function countLive(url: string, logins: readonly Outcome[]): Promise<number> {
  const checks = await Promise.all(logins.filter(hasStatus(200)).map(login =>
    sendersOf(url, sessionOf(login)!).get('/api/auth/check')))
  return checks.filter(hasStatus(200)).length
}
