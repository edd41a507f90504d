import { setup } from '@nuxt/test-utils/e2e'
import { inject } from 'vitest'

// global-setup.ts provides the server, once for all test files.
await setup({ host: inject('baseUrl') })
