import { writeFileSync } from 'node:fs'
import { generatedFiles } from './generated-files.ts'

for (const [path, content] of Object.entries(await generatedFiles())) writeFileSync(path, content)
