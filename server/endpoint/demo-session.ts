import type { H3Event } from 'h3'
import { createSessionCookie } from '#server/auth/session-cookie'
import { signInToDemo } from '#server/demo/sign-in'
import { RequestClient } from './client.ts'
import { setCookie } from './cookies.ts'
import { report } from './security-events.ts'

/**
 * Signs the browser that opens a page in to the demo account, unless it has a session. For development only: the caller
 * checks `import.meta.dev`, so that a build does not contain it.
 *
 * A page that another site opens or embeds gets no session, so that no site can sign its visitors in.
 */
export async function provideDemoSession(event: H3Event): Promise<void> {
  const { 'sec-fetch-dest': destination, 'sec-fetch-site': site } = event.node.req.headers
  if (destination !== 'document' || (site !== 'none' && site !== 'same-origin')) return
  if (await event.context.identify()) return
  const signedIn = await signInToDemo(new RequestClient(event))
  if (!signedIn) return
  setCookie(event, createSessionCookie(signedIn.token))
  report(event, 'logged_in', { user_id: signedIn.user.id })
}
