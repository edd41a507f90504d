import { join } from 'node:path'
import { exceptions } from './exceptions.ts'

/** Programs that run the server as it is deployed. Each behaves like the server itself. */
const programs = {
  'vercel': ['vercel/platform.ts'],
  'pgbouncer': ['pgbouncer.ts'],
  'instances-2': ['instances.ts', '2'],
  'instances-4': ['instances.ts', '4'],
}

export type DeploymentName = keyof typeof programs

export const deploymentNames = Object.keys(programs) as DeploymentName[]

/** The deployment that the tests run on; undefined for the server itself. */
export const deployment = readDeployment(process.env.TEST_DEPLOYMENT)

/** The parameters of Node.js that run it. */
export function programOf(name: DeploymentName): string[] {
  const [script, ...parameters] = programs[name]
  return [join(import.meta.dirname, script!), ...parameters]
}

/** What does not apply to a deployment, and why. */
export const exceptionsOf = (name: DeploymentName): Record<string, string> =>
  exceptions[name.startsWith('instances') ? 'instances' : name as 'vercel' | 'pgbouncer']

/** The tests of the database that send requests. */
const ofDatabase = [
  'concurrent-account-changes', 'deletion-after-crash', 'directory', 'outage', 'request-deadlines', 'statement-counts',
  'update-time', 'whitelisting-deleted-accounts',
]

/** The test files that send requests, and those of them that do not apply to a deployment. */
export const testFilesOf = (name: DeploymentName) => ({
  include: [
    'tests/{api,client,contracts,docs,fuzz}/**/*.test.ts',
    `tests/db/{${ofDatabase.join()}}.test.ts`,
    `tests/deployments/${name.replace(/-\d+$/, '')}.test.ts`,
  ],
  exclude: Object.keys(exceptionsOf(name)).filter(key => key.endsWith('.test.ts')),
})

/** Whether the key of an exception means a test, whose name begins with its file. */
export const isMeant = (key: string, fullName: string): boolean =>
  new RegExp(`^${key.split('*').map(part => RegExp.escape(part)).join('.*')}`).test(fullName)

/** Why a test does not apply to a deployment; undefined if it does. */
export const reasonToSkip = (name: DeploymentName, fullName: string): string | undefined =>
  Object.entries(exceptionsOf(name)).find(([key]) => isMeant(key, fullName))?.[1]

function readDeployment(name: string | undefined): DeploymentName | undefined {
  if (!name) return undefined
  if (name in programs) return name as DeploymentName
  throw new Error(`TEST_DEPLOYMENT must be one of ${deploymentNames.join(', ')}.`)
}
