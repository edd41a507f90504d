import { connect, createServer, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { defer } from './cleanup.ts'
import type { BenchRequest } from './endpoints.ts'
import { sendRequest } from './send-request.ts'
import { startApi } from './setup.ts'

/** Milliseconds by which answers are delayed, so that everything that was sent without waiting comes before them. */
const delay = 3

interface CountingProxy {
  /** The URL of the database behind the proxy. */
  url: string
  /** Returns how often a client has sent something after an answer, since the last call. */
  takeRoundTrips: () => number
}

/** Starts a proxy to a database that counts the round trips of a client that sends one request after the other. */
async function startCountingProxy(databaseUrl: string): Promise<CountingProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let roundTrips = 0
  let isWaiting = false
  const server = createServer({ noDelay: true }, (client) => {
    const database = connect({ port: Number(target.port || 5432), host: target.hostname, noDelay: true })
    client.on('data', (chunk) => {
      if (!isWaiting) roundTrips++
      isWaiting = true
      database.write(chunk)
    })
    database.on('data', (chunk) => {
      void setTimeout(delay).then(() => {
        isWaiting = false
        client.write(chunk)
      })
    })
    for (const [socket, other] of [[client, database], [database, client]] as const) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  defer(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const { port } = server.address() as { port: number }
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${port}`
  return {
    url: url.href,
    takeRoundTrips() {
      const counted = roundTrips
      roundTrips = 0
      return counted
    },
  }
}

/** Requests before counting, so that every connection has prepared its statements. */
const warmUp = 60
const counted = 20

/**
 * Counts the round trips between the server and its database per request.
 * @param lists the requests to count, as a list per endpoint
 * @returns the average of each list
 */
export async function countRoundTrips(databaseUrl: string, lists: BenchRequest[][]): Promise<number[]> {
  const proxy = await startCountingProxy(databaseUrl)
  const { url } = await startApi(proxy.url)
  const averages = []
  for (const requests of lists) {
    const send = async (times: number) => {
      for (let i = 0; i < times; i++) await sendRequest(url, requests[i % requests.length]!)
    }
    await send(warmUp)
    proxy.takeRoundTrips()
    await send(counted)
    averages.push(proxy.takeRoundTrips() / counted)
  }
  return averages
}
