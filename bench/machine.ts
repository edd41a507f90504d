import { availableParallelism, cpus, totalmem } from 'node:os'
import type { Sql } from 'postgres'

/** The facts about a machine that figures depend on, as a Markdown list. */
export async function describeMachine(sql: Sql): Promise<string> {
  const [{ server_version: postgres }] = await sql<[{ server_version: string }]>`show server_version`
  const facts = {
    Date: new Date().toISOString().slice(0, 10),
    Processor: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`,
    Memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    Versions: `Node.js ${process.versions.node}, PostgreSQL ${postgres.split(' ')[0]}`,
  }
  return Object.entries(facts).map(([name, value]) => `- ${name}: ${value}`).join('\n')
}
