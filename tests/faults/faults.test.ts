import { afterEach, describe, expect, it } from 'vitest'
import { cleanUp } from '../../bench/cleanup.ts'
import { obstacleTo, type Fault } from '../../faults/fault.ts'
import { faults } from '../../faults/faults.ts'
import { realServer } from '../support/databases.ts'

afterEach(cleanUp)

describe('nothing is lost, and service goes on,', () => {
  for (const [name, fault] of Object.entries<Fault>(faults)) {
    // They start servers of their own, so each is tried in one of the two runs of the tests.
    const isDue = fault.isEmbedded ? !realServer : realServer
    it.skipIf(!isDue)(`when ${fault.title} (${name})`, { timeout: 120_000 }, async ({ skip }) => {
      const obstacle = obstacleTo(fault)
      if (obstacle) skip(obstacle)
      const { problems } = await fault.run('short')
      expect(problems).toEqual([])
    })
  }
})
