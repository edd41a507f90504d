import { existsSync } from 'node:fs'
import type { Vitest } from 'vitest/node'
import { exceptionsOf, isMeant, type DeploymentName } from './deployment.ts'

/** After a run of all tests, says what does not apply to a deployment and why, and fails if a reason is out of date. */
export function reportExceptions({ state }: Vitest, deployment: DeploymentName): void {
  const names = state.getTestModules()
    .flatMap(({ children, relativeModuleId }) => [...children.allTests('skipped')]
      .map(({ fullName }) => `${relativeModuleId} > ${fullName}`))
  console.log(`\nWhat does not apply to ${deployment}, and why:`)
  for (const [key, reason] of Object.entries(exceptionsOf(deployment))) {
    const isFile = key.endsWith('.test.ts')
    const count = names.filter(name => isMeant(key, name)).length
    console.log(`  ${key} (${isFile ? 'all tests' : count}): ${reason}`)
    if (isFile ? existsSync(key) : count > 0) continue
    console.error('  No test has this name.')
    process.exitCode = 1
  }
}
