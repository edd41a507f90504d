import { setup } from '@nuxt/test-utils/e2e'
import { inject } from 'vitest'

// The server of the run is built and started once, before all files: see global-setup.ts.
await setup({ host: inject('baseUrl') })
