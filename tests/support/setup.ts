import { setup } from '@nuxt/test-utils/e2e'
import { testServer } from './test-server.ts'

await setup({ host: testServer().baseUrl })
