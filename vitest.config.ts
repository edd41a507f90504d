import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { deployment, testFilesOf } from './tests/deployments/deployment.ts'

// Each worker has a server and a database of its own: the embedded database has a single session, so the queries of one
// file must not overlap those of another. `npm run test:one` attaches to a single server.
const workersOf = (mode: string) => mode === 'attach' ? 1 : Math.min(deployment ? 2 : 4, availableParallelism())

// The development server has an embedded database of its own, whatever the tests run on. Once is enough.
const onlyEmbedded = process.env.TEST_DATABASE_URL ? ['tests/start/dev-server.test.ts'] : []

const testFiles = deployment
  ? testFilesOf(deployment)
  : { include: ['tests/**/*.test.ts'], exclude: ['tests/unit/**', 'tests/deployments/**', ...onlyEmbedded] }

export default defineConfig(({ mode }) => ({
  test: {
    maxWorkers: workersOf(mode),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          env: { NUXT_SIGNING_SECRET: 'a secret for the unit tests only!!' },
        },
      },
      {
        test: {
          name: 'server',
          ...testFiles,
          globalSetup: 'tests/support/global-setup.ts',
          setupFiles: 'tests/support/setup.ts',
          // Loading the modules anew for every file takes a quarter of the time.
          isolate: false,
          // Loading Drizzle as a single bundle takes half a second off every file that queries the database.
          deps: {
            optimizer: {
              ssr: { enabled: true, include: ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/postgres-js'] },
            },
          },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
}))
