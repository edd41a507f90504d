import type { Context, Part } from '../part.ts'
import { deleteAccount, deleteEachOther } from './account.ts'
import { appendAndDelete } from './chat.ts'
import { changePassword } from './password.ts'
import { shareTwice } from './share.ts'
import { signUpTwice } from './sign-up.ts'

/** Each sends conflicting requests at once for rows of its own, and then compares what is stored with the answers. */
const scenarios: ((context: Context) => Promise<void>)[] = [
  context => appendAndDelete(context, { deletesChat: false }),
  context => appendAndDelete(context, { deletesChat: true }),
  shareTwice,
  signUpTwice,
  changePassword,
  deleteAccount,
  deleteEachOther,
]

/** Races that run at the same time. */
const lanes = 2

export const races: Part = {
  title: 'conflicting requests at once for the same rows',
  prepare: async context => async () => {
    let next = 0
    await Promise.all(Array.from({ length: lanes }, async () => {
      do await scenarios[next++ % scenarios.length]!(context)
      while (context.secondsLeft() > 0 || next < scenarios.length)
    }))
  },
}
