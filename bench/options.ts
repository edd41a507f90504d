import { parseArgs } from 'node:util'
import { endpoints, type EndpointName } from './endpoints.ts'

const help = `Measures the production server against yardsticks that bound what it could reach.

  npm run bench               two endpoints, in under five minutes
  npm run bench -- --full     all endpoints, in about 20 minutes
  npm run bench -- --scale    a database with ten million messages, in about 20 minutes and 5 GiB
  npm run bench -- --write    batches of messages and large files, in about 10 minutes

  --endpoint NAME   an endpoint to measure instead, for all forms but --write; may be repeated:
                    ${Object.keys(endpoints).join(', ')}
  --rounds N        rounds of interleaved measurements
  --seconds N       seconds of each measurement
  --keep            keep the databases, and use them again in the next run
  --help            print this help

The databases are created on the server that BENCH_DATABASE_URL names, by default
postgres://postgres@127.0.0.1:5432/postgres. With --full, --scale and --write, the report also replaces its section of
docs/performance.md, unless --endpoint is given.

Load comes from wrk, or else from autocannon. pgbench measures the database alone, if it is installed. CPU time and
memory come from /proc, so they are measured on Linux only, and for PostgreSQL only if it runs on this machine.`

/** The forms of the benchmark. */
type Form = 'quick' | 'full' | 'scale' | 'write'

export interface Options {
  form: Form
  /** The endpoints given on the command line. */
  endpoints: EndpointName[]
  rounds: number
  seconds: number
  keep: boolean
  /** The URL of the PostgreSQL server. */
  server: string
}

const defaults: Record<Form, { rounds: number, seconds: number }> = {
  quick: { rounds: 3, seconds: 4 },
  full: { rounds: 5, seconds: 5 },
  scale: { rounds: 3, seconds: 4 },
  write: { rounds: 3, seconds: 5 },
}

/**
 * Reads the command line.
 * @returns undefined after printing the help
 * @throws Error for an option that does not exist
 */
export function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      full: { type: 'boolean' },
      scale: { type: 'boolean' },
      write: { type: 'boolean' },
      endpoint: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    return undefined
  }
  const forms = (['full', 'scale', 'write'] as const).filter(form => values[form])
  if (forms.length > 1) throw new Error('Give one of --full, --scale and --write.')
  const unknown = values.endpoint.find(name => !(name in endpoints))
  if (unknown !== undefined)
    throw new Error(`There is no endpoint ${unknown}. There are: ${Object.keys(endpoints).join(', ')}.`)
  const form = forms[0] ?? 'quick'
  return {
    form,
    endpoints: values.endpoint as EndpointName[],
    rounds: positive('rounds', values.rounds ?? defaults[form].rounds),
    seconds: positive('seconds', values.seconds ?? defaults[form].seconds),
    keep: values.keep,
    server: process.env.BENCH_DATABASE_URL || 'postgres://postgres@127.0.0.1:5432/postgres',
  }
}

function positive(name: string, value: string | number): number {
  if (!/^[1-9]\d*$/.test(String(value))) throw new Error(`--${name} must be a positive whole number.`)
  return Number(value)
}
