import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createChat, signedInUser } from '../../support/factories.ts'
import { testServer } from '../../support/test-server.ts'

/** Sends requests on one connection without waiting for the responses. Returns what is received until it is closed. */
async function pipeline(requests: string[]): Promise<string> {
  const { port, hostname } = new URL(testServer().baseUrl)
  const socket = connect(Number(port), hostname)
  socket.write(requests.join(''))
  let received = ''
  socket.setEncoding('utf8').on('data', (data: string) => received += data)
  await once(socket, 'close')
  return received
}

describe('requests that are sent without waiting for the responses', () => {
  it('take effect in their order, even if the first takes longest', async () => {
    const ada = await signedInUser()
    const path = `/api/users/${ada.id}/chats/${(await createChat(ada)).id}/messages` as const
    const head = (method: string, connection: string, ...more: string[]) => [
      `${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', `Connection: ${connection}`,
      `Cookie: neptun-session=${ada.session}`, ...more, '', '',
    ].join('\r\n')
    const post = (message: string) => {
      const body = JSON.stringify({ actor: 'user', message })
      const lines = ['Content-Type: application/json', `Content-Length: ${body.length}`]
      return head('POST', 'keep-alive', ...lines) + body
    }
    const messages = ['a'.repeat(1_000_000), 'b', 'c']
    const received = await pipeline([...messages.map(post), head('GET', 'close')])
    expect(received.match(/(?<=HTTP\/1\.1 )\d+/g)).toEqual(['201', '201', '201', '200'])
    const stored = (await ada.get(path)).body.chatMessages.map(({ content }) => content)
    expect(stored.map(content => content[0])).toEqual(['a', 'b', 'c'])
    expect(received.endsWith(JSON.stringify((await ada.get(path)).body))).toBe(true)
  })
})
