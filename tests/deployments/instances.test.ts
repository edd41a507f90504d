import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request } from '../support/http.ts'
import { deployment } from './deployment.ts'
import { configureNginx } from './nginx.ts'
import { findPort, untilListening } from './ports.ts'

describe('requests', () => {
  it('are spread over all instances', async () => {
    const starts = new Set<number>()
    for (let i = 0; i < 20; i++) {
      const { body } = await request('GET', '/health')
      // To a tenth of a second.
      starts.add(Math.round((Date.parse(body.timestamp) / 1000 - body.uptime) * 10))
    }
    console.log(`Requests were answered by ${starts.size} processes.`)
    expect(starts.size).toBeGreaterThan(1)
    expect(deployment).toBe(`instances-${starts.size}`)
  })
})

describe('a request to an instance that dies before it answers', () => {
  let proxy: string
  let stop: () => Promise<void>
  const received: string[] = []

  /** A server that answers nothing, or everything. */
  const start = async (answers: boolean): Promise<Server> => {
    const server = createServer((request: IncomingMessage, response) => {
      if (answers) received.push(`${request.method} ${request.url}`)
      if (answers) response.end('ok')
      else request.resume().once('end', () => request.socket.destroy())
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return server
  }

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
    const servers = [await start(false), await start(true)]
    const hosts = servers.map(server => `127.0.0.1:${(server.address() as AddressInfo).port} max_fails=0`)
    const port = await findPort()
    const nginx = spawn('nginx', configureNginx(folder, hosts, port), { stdio: 'ignore' })
    await untilListening(port)
    proxy = `http://127.0.0.1:${port}`
    stop = async () => {
      nginx.kill()
      await once(nginx, 'exit')
      for (const server of servers) server.close().closeAllConnections()
      await rm(folder, { recursive: true })
    }
  })
  afterAll(() => stop())

  /** Sends two requests, of which each instance gets one first. */
  const sendTwice = async (method: string, path: string) => {
    received.length = 0
    const send = async () => {
      const response = await fetch(proxy + path, { method, body: method === 'POST' ? '{}' : undefined })
      await response.text()
      return response.status
    }
    return { statuses: [await send(), await send()].sort(), received: received.length }
  }

  it.each([
    ['GET', '/api/users/1/chats'],
    ['HEAD', '/health'],
    ['DELETE', '/api/users/1/chats/1/messages/1'],
  ])('is repeated if that has the same effect: %s %s', async (method, path) => {
    expect(await sendTwice(method, path)).toStrictEqual({ statuses: [200, 200], received: 2 })
  })

  it.each([
    ['POST', '/api/users/1/chats'],
    ['PATCH', '/api/users/1/chats/1'],
    ['DELETE', '/api/users/1/chats/1/messages/last'],
    ['DELETE', '/api/users/1/chats/1//messages/l%61st?a=b'],
  ])('is not repeated otherwise: %s %s', async (method, path) => {
    expect(await sendTwice(method, path)).toStrictEqual({ statuses: [200, 502], received: 1 })
  })
})
