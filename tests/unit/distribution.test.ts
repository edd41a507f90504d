import { getTableName } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { distributionColumns } from '#db/distribute'
import { allTables } from '../support/rows.ts'

it('every table is distributed', () => {
  expect(distributionColumns.map(({ table }) => getTableName(table)).sort()).toEqual(allTables.toSorted())
})
