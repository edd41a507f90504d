import { defaultMaxBodyBytes } from '#server/contracts/kit/limits'
import { createOneOfEach } from '../../tests/support/valid-requests.ts'
import type { Context, Part } from '../part.ts'
import { cookieOf, send, type AttackRequest } from '../send.ts'
import { signUp } from '../users.ts'
import type { Case, Target } from './case.ts'
import { formCases } from './form-cases.ts'
import { headCases, orderCases } from './head-cases.ts'
import { jsonCases } from './json-cases.ts'

/** Requests that are sent at the same time. */
const lanes = 2

export const oversized: Part = {
  title: 'bodies, JSON, arrays, forms, paths, queries and headers beyond every limit',
  weight: 1.5,
  maxDelay: 2000,
  prepare: async context => async () => {
    do {
      const target = await createTarget(context.url)
      const cases = [...jsonCases, ...formCases, ...headCases, ...orderCases].values()
      await Promise.all(Array.from({ length: lanes }, async () => {
        for (const oneCase of cases) await attackWith(context, target, oneCase)
      }))
    } while (context.secondsLeft() > 0)
  },
}

/** Sends a case. It falls if the server fails or does not answer in time. */
async function attackWith({ url, tally }: Context, target: Target, oneCase: Case): Promise<void> {
  const { kind, title } = oneCase
  tally.tried(kind)
  const request = oneCase.request(target)
  const place = `${request.method} ${request.path.slice(0, 200)}`
  const fall = (what: string) => tally.fell(kind, `${title}: ${what}, at ${place}`)
  try {
    const { status, text } = await send(url, request, { isAlone: true })
    if (status >= 500) fall(`${status} ${text.slice(0, 500)}`)
  }
  catch (error) {
    const isReset = ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (!isReset || !isBeyondAll(request)) fall(String(error))
  }
}

/** Whether the body is so large that the server may close the connection before it has read everything. */
function isBeyondAll({ body, chunks, headers }: AttackRequest): boolean {
  const length = Number(headers?.['content-length'] ?? Buffer.byteLength(body ?? ''))
  return chunks !== undefined || length > defaultMaxBodyBytes
}

async function createTarget(url: string): Promise<Target> {
  const user = await signUp(url)
  const ids = await createOneOfEach(user)
  const home = `/api/users/${user.id}` as const
  const chat = `${home}/chats/${ids.chat_id}` as const
  const { chatFile } = (await user.get(`${chat}/messages/${ids.message_id}/files/${ids.file_id}`)).body
  const { pathname, search } = new URL(chatFile.url)
  return { ids, home, chat, headers: cookieOf(user.session), download: pathname + search }
}
