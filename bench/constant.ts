import { join } from 'node:path'
import { build, createNitro, prepare } from 'nitropack'
import { cacheFolder } from './packages.ts'
import { startServer, type RunningServer } from './process.ts'
import { progress } from './progress.ts'

/** Builds and starts a Nitro server for Node.js that does nothing but answer every request with a constant. */
export async function startConstant(): Promise<RunningServer> {
  progress('Building a server that answers a constant')
  const folder = join(cacheFolder, 'constant')
  const nitro = await createNitro({
    rootDir: folder,
    preset: 'node-server',
    compatibilityDate: '2026-11-01',
    dev: false,
    logLevel: 1,
    handlers: [{ route: '/**', handler: join(import.meta.dirname, 'constant-handler.ts') }],
    output: { dir: join(folder, 'output') },
  })
  await prepare(nitro)
  await build(nitro)
  await nitro.close()
  return startServer([join(folder, 'output/server/index.mjs')])
}
