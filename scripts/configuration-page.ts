import { readFileSync } from 'node:fs'
import { Environment } from '#server/runtime/environment'

/** Variables that share a description. */
interface Entry {
  names: string[]
  description: string
}

const introduction = `# Configuration

<!-- Generated from .env.example and server/runtime/environment.ts by npm run generate. -->

The environment variables, which [.env.example](../.env.example) lists in the same order. An empty value counts as not
set. An invalid one aborts the start, and the error message names the variable.
`

/**
 * The page of the environment variables: descriptions from .env.example, defaults from the schema that the server reads
 * them with.
 * @throws Error if .env.example shows another default than the schema has
 */
export function configurationPage(): string {
  const [, ...sections] = readFileSync('.env.example', 'utf8').split(/^# --- (.+) ---$/m)
  const tables = []
  for (let i = 0; i < sections.length; i += 2) {
    const rows = entriesOf(sections[i + 1]!).map(({ names, description }) =>
      `| ${names.map(name => `\`${name}\``).join('<br>')} | ${names.map(defaultCell).join('<br>')} | ${description} |`)
    const header = ['| Variable | Default | Description |', '| --- | --- | --- |']
    tables.push(`\n## ${sections[i]}\n\n${[...header, ...rows].join('\n')}\n`)
  }
  return introduction + tables.join('')
}

/** Reads comments, each of which is followed by the variables that it describes. */
function entriesOf(section: string): Entry[] {
  const entries: Entry[] = []
  let comment: string[] = []
  for (const line of section.split('\n')) {
    const [, name, value] = /^# ?([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? []
    if (name === undefined) {
      if (line.startsWith('#')) comment.push(line.slice(1).trim())
      continue
    }
    assertDefault(name, value!)
    if (comment.length > 0) entries.push({ names: [], description: comment.join(' ').replaceAll('|', '\\|') })
    entries.at(-1)!.names.push(name)
    comment = []
  }
  return entries
}

/** The default in the schema, as text; undefined if there is none. */
function defaultOf(name: string): string | undefined {
  const schema = Environment.shape[name as keyof typeof Environment.shape]
  const value = schema?.safeParse(undefined).data
  return value === undefined || Array.isArray(value) ? undefined : String(value)
}

const defaultCell = (name: string) => {
  const value = defaultOf(name)
  return value === undefined ? '' : `\`${value}\``
}

function assertDefault(name: string, value: string): void {
  const wanted = defaultOf(name)
  if (wanted !== undefined && wanted !== value)
    throw new Error(`.env.example shows ${name}=${value}, but its default is ${wanted}.`)
}
