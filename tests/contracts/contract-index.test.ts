import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Contract } from '#server/contracts/kit/contract'
import { contracts } from '#server/contracts/index'
import { routesOnDisk } from '../support/routes.ts'

const lists = Object.values(contracts).filter(({ list }) => list)

describe('contract index', () => {
  it('lists exactly the routes on disk', () => {
    expect(Object.keys(contracts).sort()).toEqual(routesOnDisk().map(({ route }) => route).sort())
  })

  it.each(routesOnDisk())('matches the contract that $route implements', async ({ route, contract }) => {
    const module = await import(`../../server/contracts/${contract.module}.ts`) as Record<string, Contract>
    expect(module[contract.name]!.route).toBe(route)
  })

  it.each(lists)('declares a next_cursor for the list $route', ({ response }) => {
    expect((response as z.ZodObject).shape).toHaveProperty('next_cursor')
  })
})
