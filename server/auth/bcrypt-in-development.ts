import { randomUUID } from 'node:crypto'
import { BroadcastChannel } from 'node:worker_threads'
import bcrypt from 'bcrypt'

/**
 * Runs bcrypt in the Nuxt process. The development server terminates its worker thread at every reload, and bcrypt
 * aborts the process if its thread is terminated while it works.
 *
 * Remove when https://github.com/kelektiv/node.bcrypt.js/issues/980 is fixed.
 */

type Call = { method: 'hash', data: string, cost: number } | { method: 'compare', data: string, hash: string }

/** The threads of a process reach each other by the names of these channels. */
const names = { calls: 'neptun-bcrypt-calls', results: 'neptun-bcrypt-results' }

/**
 * Serves the calls of the workers, in the Nuxt process.
 * @returns a function that stops
 */
export function serveBcrypt(): () => void {
  const results = new BroadcastChannel(names.results).unref()
  const calls = listen<Call>(names.calls, (id, call) => {
    const work = call.method === 'hash' ? bcrypt.hash(call.data, call.cost) : bcrypt.compare(call.data, call.hash)
    void work.then(value => results.postMessage({ id, value }))
  })
  return () => {
    calls.close()
    results.close()
  }
}

/** What waits for a result, by the id of its call. */
const waiting = new Map<string, (result: never) => void>()
/** Both are kept here: a channel that nothing refers to is collected as garbage, and receives nothing any more. */
let channels: { calls: BroadcastChannel, results: BroadcastChannel } | undefined

function run<Result>(value: Call): Promise<Result> {
  const { calls } = channels ??= connect()
  const id = randomUUID()
  calls.postMessage({ id, value })
  return new Promise(resolve => waiting.set(id, resolve))
}

function connect() {
  const results = listen<never>(names.results, (id, result) => {
    waiting.get(id)?.(result)
    waiting.delete(id)
  })
  return { calls: new BroadcastChannel(names.calls).unref(), results }
}

function listen<Value>(name: string, receive: (id: string, value: Value) => void): BroadcastChannel {
  const channel = new BroadcastChannel(name).unref()
  channel.onmessage = ({ data }) => {
    const { id, value } = data as { id: string, value: Value }
    receive(id, value)
  }
  return channel
}

/** The functions of bcrypt that the server uses, for its workers. */
export const bcryptInDevelopment = {
  hash: (data: string, cost: number) => run<string>({ method: 'hash', data, cost }),
  compare: (data: string, hash: string) => run<boolean>({ method: 'compare', data, hash }),
}
