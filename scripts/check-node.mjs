// Runs after every install, so that nobody meets a syntax error where a sentence would do.
const [major, minor] = process.versions.node.split('.').map(Number)
const isFit = (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major >= 26

if (!isFit) {
  console.error(`Neptun needs Node 24 (or 22.19, or 26), and this is ${process.versions.node}.
On Linux (x64 and arm64, with glibc) and on Windows (x64) npm brings it along, unless optional dependencies were left out.
Anywhere else install Node 24 first, for instance with: nvm install`)
  process.exit(1)
}
