import { parseArgs } from 'node:util'
import { parts, weightOf, type PartName } from './parts.ts'

const names = Object.keys(parts) as PartName[]

/** The time in which each part can try everything once. */
const leastSeconds = (chosen: readonly PartName[]) => Math.ceil(10 * weightOf(chosen))

const help = `Attacks the production server on this machine for a limited time, and says what fell.

  npm run attack -- [--seconds N] [--only NAME]

  --seconds N   seconds in all, spread over the parts (default: 300, at least ${leastSeconds(names)})
  --only NAME   a single part; may be repeated
  --help        print this help

The parts:

${names.map(name => `  ${name.padEnd(11)} ${parts[name].title}`).join('\n')}

Each run creates a database on the server that BENCH_DATABASE_URL names, by default
postgres://postgres@127.0.0.1:5432/postgres, and drops it at the end. It starts the server itself, once for each part,
and sends requests to loopback addresses only. The exit code is 1 if anything fell.`

export interface Options {
  seconds: number
  parts: PartName[]
  /** The URL of the PostgreSQL server. */
  server: string
}

/**
 * Reads the command line.
 * @returns undefined after printing the help
 * @throws Error for an option that does not exist
 */
export function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '300' },
      only: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    return undefined
  }
  const unknown = values.only.find(name => !names.some(known => known === name))
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}. There are: ${names.join(', ')}.`)
  const chosen = names.filter(name => values.only.length === 0 || values.only.includes(name))
  const least = leastSeconds(chosen)
  if (!/^[1-9]\d*$/.test(values.seconds) || Number(values.seconds) < least)
    throw new Error(`--seconds must be a whole number of at least ${least}.`)
  return {
    seconds: Number(values.seconds),
    parts: chosen,
    server: process.env.BENCH_DATABASE_URL || 'postgres://postgres@127.0.0.1:5432/postgres',
  }
}
