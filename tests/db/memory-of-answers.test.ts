import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { testServer } from '../support/test-server.ts'

const root = join(import.meta.dirname, '../..')

/** Reads 60 MB in 300 answers, and prints how much more memory objects take that only a major collection frees. */
const script = `
  import { getHeapSpaceStatistics } from 'node:v8'
  import { sql } from 'drizzle-orm'
  import { connectForMaintenance } from '#db/client'
  import { defineStatement } from '#db/statement'

  const db = connectForMaintenance(process.argv[1])
  const selectRows = defineStatement(() =>
    sql.raw("select repeat('x', 200) || i as text from generate_series(1, 600) i"))
  const oldBytes = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space').space_used_size
  const read = async (times) => {
    let peak = 0
    for (let i = 0; i < times; i++) {
      await selectRows(db, {})
      peak = Math.max(peak, oldBytes())
    }
    return peak
  }
  await read(100)
  gc()
  const before = oldBytes()
  console.log(await read(300) - before)
  await db.$client.end()`

it('answers do not outlive minor garbage collections', async () => {
  const flags = ['--expose-gc', '--max-semi-space-size=16', '--input-type=module', '--eval']
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, testServer().databaseUrl], {
    cwd: root,
  })
  expect(Number(stdout)).toBeLessThan(5_000_000)
})
