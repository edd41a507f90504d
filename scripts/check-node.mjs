// Runs after every install, so that an unsupported Node.js fails with a clear message instead of a syntax error.
import { execSync } from 'node:child_process'
import './link-node.mjs'

// The one that `npm run` finds, which may differ from the one that npm runs on.
const version = execSync('node --print process.versions.node', { encoding: 'utf8' }).trim()
const [major, minor] = version.split('.').map(Number)
const isSupported = (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major >= 26

if (!isSupported) {
  console.error(`Neptun requires Node.js 22.19+, 24.11+ or 26+, but this is ${version}.
On Linux (x64 and arm64, glibc) and Windows (x64), npm installs a supported version with the optional dependencies.
On other platforms, install Node.js 24 first, for example with: nvm install`)
  process.exit(1)
}
