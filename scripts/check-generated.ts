import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { generatedFiles } from './generated-files.ts'

for (const [path, content] of Object.entries(await generatedFiles()))
  if (readFileSync(path, 'utf8') !== content) fail(`${path} is not what the contracts say. Make it anew with: npm run generate`)

/**
 * Proves that the committed migrations are those of the schema, in the order in which they are applied: a copy of them
 * has nothing to gain from generating once more. Needs no database.
 */
const copy = mkdtempSync('node_modules/.migrations-')
try {
  cpSync('migrations', copy, { recursive: true })
  // A rename makes the generator ask, and without a terminal fail: that is a difference, too.
  execFileSync('drizzle-kit', ['generate', '--dialect=postgresql', '--schema=./db/schema', `--out=${relative('.', copy)}`], { stdio: 'pipe' })
  const added = readdirSync(copy).filter(file => !readdirSync('migrations').includes(file))
  if (added.length > 0) fail('The schema has changes that no migration has. Add one with: npm run db:generate -- --name what_it_does')

  const journal = JSON.parse(readFileSync('migrations/meta/_journal.json', 'utf8')) as { entries: { tag: string, when: number }[] }
  journal.entries.forEach(({ tag, when }, i) => {
    // The migrator would skip it without a word.
    if (i > 0 && when <= journal.entries[i - 1]!.when) fail(`${tag} is older than the migration before it. Generate it anew.`)
  })
}
finally {
  rmSync(copy, { recursive: true })
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
