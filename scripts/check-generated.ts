import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { generatedFiles } from './generated-files.ts'

for (const [path, content] of Object.entries(await generatedFiles()))
  if (readFileSync(path, 'utf8') !== content) fail(`${path} is out of date. Regenerate it with: npm run generate`)

// Checks, without a database, that the committed migrations match the schema and are in order: generating into a copy
// of them must not add a file.
const copy = mkdtempSync('node_modules/.migrations-')
try {
  cpSync('migrations', copy, { recursive: true })
  // The generator prompts when a column may have been renamed, and fails without a terminal. That is an error, too.
  const output = `--out=${relative('.', copy)}`
  execFileSync('drizzle-kit', ['generate', '--dialect=postgresql', '--schema=./db/schema', output], { stdio: 'pipe' })
  const added = readdirSync(copy).filter(file => !readdirSync('migrations').includes(file))
  if (added.length > 0)
    fail('The schema has changes without a migration. Add one with: npm run db:generate -- --name what_it_does')

  const journal = JSON.parse(readFileSync('migrations/meta/_journal.json', 'utf8')) as {
    entries: { tag: string, when: number }[]
  }
  journal.entries.forEach(({ tag, when }, i) => {
    // The migrator silently skips a migration that is older than its predecessor.
    if (i > 0 && when <= journal.entries[i - 1]!.when)
      fail(`${tag} is older than the previous migration. Regenerate it.`)
  })
}
finally {
  rmSync(copy, { recursive: true })
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
