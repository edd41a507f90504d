import { setup } from '@nuxt/test-utils/e2e'
import { beforeEach } from 'vitest'
import { deployment, reasonToSkip } from '../deployments/deployment.ts'
import { testServer } from './test-server.ts'

await setup({ host: testServer().baseUrl })

beforeEach(({ task, skip }) => {
  const reason = deployment && reasonToSkip(deployment, task.fullName)
  if (reason) skip(reason)
})
