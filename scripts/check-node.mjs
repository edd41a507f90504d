// Runs after every install, so that an unsupported Node.js fails with a clear message instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number)
const isSupported = (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major >= 26

if (!isSupported) {
  console.error(`Neptun requires Node.js 22.19+, 24.11+ or 26+, but this is ${process.versions.node}.
On Linux (x64 and arm64, glibc) and Windows (x64), npm installs a supported version with the optional dependencies.
On other platforms, install Node.js 24 first, for example with: nvm install`)
  process.exit(1)
}
