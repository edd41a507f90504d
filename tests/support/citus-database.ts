/**
 * Creates or drops a database on every node of a Citus cluster: `node tests/support/citus-database.ts create NAME`.
 * TEST_DATABASE_URL is the coordinator; TEST_CITUS_WORKERS lists the workers as host:port, separated by commas.
 */

import postgres from 'postgres'

const [action, name = ''] = process.argv.slice(2)
const { TEST_DATABASE_URL: coordinator, TEST_CITUS_WORKERS: workers } = process.env
if (!coordinator || !workers || !['create', 'drop'].includes(action!) || !/^\w+$/.test(name)) {
  console.error('Usage: TEST_DATABASE_URL=… TEST_CITUS_WORKERS=host:port,… citus-database.ts create|drop NAME')
  process.exit(2)
}

const nodes = [new URL(coordinator).host, ...workers.split(',')]

function urlOf(node: string, database: string): string {
  const url = new URL(coordinator!)
  url.host = node
  url.pathname = `/${database}`
  return url.href
}

/** Runs statements on a node, one after the other, on one connection. */
async function run(node: string, database: string, ...statements: string[]): Promise<void> {
  const client = postgres(urlOf(node, database), { max: 1, onnotice: () => {} })
  try {
    for (const statement of statements) await client.unsafe(statement)
  }
  finally {
    await client.end()
  }
}

async function create(): Promise<void> {
  await Promise.all(nodes.map(async (node) => {
    await run(node, 'postgres', `create database ${name} template template0`)
    await run(node, name, 'create extension citus')
  }))
  const [[host, port = 5432] = [], ...others] = nodes.map(node => node.split(':'))
  await run(
    nodes[0]!, name,
    // Roles belong to the whole node. Sending them again would fail while another database is being created.
    'set citus.enable_create_role_propagation = off',
    'set citus.enable_alter_role_propagation = off',
    `select citus_set_coordinator_host('${host}', ${port})`,
    ...others.map(([host, port = 5432]) => `select citus_add_node('${host}', ${port})`),
  )
}

async function drop(): Promise<void> {
  await Promise.all(nodes.map(node => run(node, 'postgres', `drop database if exists ${name} with (force)`)))
}

await (action === 'create' ? create() : drop())
