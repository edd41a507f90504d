import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Releases the commits since the last tag: bumps the version of the API and its client, adds a section to CHANGELOG.md,
 * commits and tags. Pushes and publishes nothing. Arguments go to changelogen, for instance `-r 1.0.0`.
 */
run(['changelogen --clean --bump', ...process.argv.slice(2)].join(' '))
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
run(`npm pkg set version=${version} --workspace=client`)
run('npm install --package-lock-only --silent')
// openapi.json contains the version.
run('npm run --silent generate')
run(`git commit --all --message="chore(release): v${version}"`)
run(`git tag --annotate v${version} --message=v${version}`)

function run(command: string): void {
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
