import { execFile, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { BenchRequest } from './endpoints.ts'
import { installPackage } from './packages.ts'
import { headersOf } from './send-request.ts'
import { tempFolder } from './temp-folder.ts'

/** What a load generator measured. */
export interface LoadResult {
  requests: number
  /** Requests per second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
}

export interface LoadOptions {
  seconds: number
  connections: number
}

/** Sends requests in turn, and also counts those that fail. */
type Generator = (url: string, requests: readonly BenchRequest[], options: LoadOptions)
=> Promise<LoadResult & { errors: number }>

const hasWrk = !spawnSync('wrk', ['--version']).error

/** Says which load generator is used, and what that means for the results. */
export const generatorName = hasWrk
  ? 'wrk'
  : 'autocannon, which is slower than the servers and limits all results: install wrk for comparable ones'

/**
 * Sends requests in turn, as fast as they are answered.
 * @throws Error if any of them fails
 */
export async function load(url: string, requests: readonly BenchRequest[], options: LoadOptions): Promise<LoadResult> {
  const { errors, ...result } = await (hasWrk ? loadWithWrk : loadWithAutocannon)(url, requests, options)
  if (errors > 0 || result.requests === 0) {
    const { method, path } = requests[0]!
    throw new Error(`${errors} of ${result.requests} requests such as ${method} ${url}${path} failed.`)
  }
  return result
}

/** The end of the script for wrk. All its requests are formatted before the first one is sent. */
const wrkScript = `
local formatted = {}
local last = 0
function init()
  for i, r in ipairs(requests) do formatted[i] = wrk.format(r.method, r.path, r.headers, r.body) end
end
function request()
  last = last % #formatted + 1
  return formatted[last]
end
function done(summary, latency)
  local errors = 0
  for _, count in pairs(summary.errors) do errors = errors + count end
  io.write(string.format('\\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"errors":%d}\\n', summary.requests,
    summary.duration, latency:percentile(50), latency:percentile(99), errors))
end
`

const loadWithWrk: Generator = async (url, requests, { seconds, connections }) => {
  // Strings of JSON are also strings of Lua, as long as they need no \\u.
  const lua = (text: string | undefined) => text === undefined ? 'nil' : JSON.stringify(text)
  const table = requests.map((request) => {
    const headers = Object.entries(headersOf(request)).map(([name, value]) => `[${lua(name)}]=${lua(value)}`)
    const { method, path, body } = request
    return `{method=${lua(method)},path=${lua(path)},headers={${headers.join()}},body=${lua(body)}}`
  })
  const script = join(await tempFolder(), 'requests.lua')
  await writeFile(script, `requests = {\n${table.join(',\n')}\n}${wrkScript}`)
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout=30s', `-s${script}`, url]
  const { stdout } = await promisify(execFile)('wrk', args)
  const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, number>
  return {
    requests: result.requests!,
    rate: result.requests! / result.microseconds! * 1e6,
    p50: result.p50! / 1000,
    p99: result.p99! / 1000,
    errors: result.errors!,
  }
}

interface AutocannonResult {
  requests: { total: number }
  latency: { p50: number, p99: number }
  /** Seconds. */
  duration: number
  errors: number
  non2xx: number
}

const loadWithAutocannon: Generator = async (url, requests, { seconds, connections }) => {
  const folder = installPackage('autocannon', '8')
  if (!folder) throw new Error('There is no load generator: wrk is not installed, and autocannon cannot be.')
  const { default: autocannon } = await import(pathToFileURL(join(folder, 'autocannon.js')).href) as {
    default: (options: object) => Promise<AutocannonResult>
  }
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 30,
    requests: requests.map(request => ({ ...request, headers: headersOf(request) })),
  })
  return {
    requests: result.requests.total,
    rate: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.non2xx,
  }
}
