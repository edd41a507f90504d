import { availableParallelism, cpus, totalmem } from 'node:os'
import type { Sql } from 'postgres'
import { generatorName } from './load.ts'
import { hasPgbench } from './pgbench.ts'

/** The facts about a machine that figures depend on, as a list in Markdown. */
export async function describeMachine(sql: Sql): Promise<string> {
  const [{ server_version: postgres }] = await sql<[{ server_version: string }]>`show server_version`
  return `- Date: ${new Date().toISOString().slice(0, 10)}
- Processor: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores
- Memory: ${Math.round(totalmem() / 2 ** 30)} GiB
- Versions: Node.js ${process.versions.node}, PostgreSQL ${postgres.split(' ')[0]}`
}

/** How something was measured, as a list in Markdown. */
export function describeConditions({ rounds, seconds }: { rounds: number, seconds: number }): string {
  return `- Measurements: the medians of ${rounds} rounds, ${seconds} seconds each
- Load: ${generatorName}${hasPgbench ? '' : '\n- The database alone was not measured: pgbench is not installed'}`
}
