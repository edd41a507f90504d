// Runs before `npm start`.
import { existsSync } from 'node:fs'

if (!existsSync('.output/server/index.mjs')) {
  console.error('There is no build to start. Run: npm run build')
  process.exit(1)
}
