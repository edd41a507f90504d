import { spawnSync } from 'node:child_process'
import { deploymentNames } from '../tests/deployments/deployment.ts'

const help = `Runs the HTTP tests on the server as it is deployed. Says what does not apply to a deployment, and why.

  npm run test:deployment -- NAME [FILE …]

  vercel        the function, run by its handler the way Vercel does: suspended between requests, without a disk
  pgbouncer     behind PgBouncer in transaction mode
  instances-2   two servers on one database, behind nginx
  instances-4   four of them

Each builds what it runs, and creates databases on the PostgreSQL server that TEST_DATABASE_URL names, by default
postgres://postgres@127.0.0.1:5432/postgres. PgBouncer and nginx have to be installed; each run starts its own.`

const [name, ...files] = process.argv.slice(2)
if (!deploymentNames.some(known => known === name)) {
  console.error(help)
  process.exitCode = name === '--help' ? 0 : 1
}
else {
  const { TEST_DATABASE_URL = 'postgres://postgres@127.0.0.1:5432/postgres' } = process.env
  const { status } = spawnSync('vitest', ['run', '--project', 'server', ...files], {
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL, TEST_DEPLOYMENT: name },
  })
  process.exitCode = status ?? 1
}
