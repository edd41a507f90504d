// npm 10 removes the link to the Node.js of the dependencies after the installation, because the packages of other
// platforms, which it leaves out, have one of the same name: https://github.com/npm/cli/issues/4362. npm 11 does not.
// Remove when Node.js 20 and 22, which come with npm 10, are no longer in use.
import { execSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const name = `node-${process.platform.replace('win32', 'win')}-${process.arch}`
const isInstalled = existsSync(`node_modules/${name}/package.json`)

if (isInstalled && !existsSync('node_modules/.bin/node')) execSync(`npm rebuild ${name}`, { stdio: 'pipe' })
