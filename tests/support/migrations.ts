import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const migrations = join(import.meta.dirname, '../../migrations')

export interface JournalEntry {
  idx: number
  when: number
  tag: string
}

/** Copies the migrations to a folder, with a changed journal. */
export async function copyMigrations(
  folder: string,
  change: (entries: JournalEntry[]) => JournalEntry[],
): Promise<void> {
  await cp(migrations, folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: JournalEntry[] }
  await writeFile(file, JSON.stringify({ ...journal, entries: change(journal.entries) }))
}
