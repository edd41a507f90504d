import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Contract } from '#server/contracts/contract'
import { contracts } from '#server/contracts/index'
import { routesOnDisk } from '../support/routes.ts'

describe('the index of contracts', () => {
  it('has exactly the endpoints that are on disk', () => {
    expect(Object.keys(contracts).sort()).toEqual(routesOnDisk().map(({ route }) => route).sort())
  })

  it.each(routesOnDisk())('$route is answered by the contract of that name', async ({ route, contract }) => {
    const module = await import(`../../server/contracts/${contract.module}.ts`) as Record<string, Contract>
    expect(module[contract.name]!.route).toBe(route)
  })

  it.each(Object.values(contracts).filter(({ list }) => list))('lets the list of $route be walked in pages', ({ response }) => {
    expect((response as z.ZodObject).shape).toHaveProperty('next_cursor')
  })
})
