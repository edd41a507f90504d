import { inject } from 'vitest'

/** The server and the database of the worker that runs this test file. global-setup.ts has started them. */
export const testServer = () => inject('servers')[Number(process.env.VITEST_POOL_ID) - 1]!
