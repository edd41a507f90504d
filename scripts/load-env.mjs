// Reads .env for the commands of package.json. Variables that are set already take precedence. Unlike Node's own
// `--env-file-if-exists`, it prints nothing if there is no such file.
import { existsSync } from 'node:fs'

if (existsSync('.env')) process.loadEnvFile()
