import { matrix } from './matrix/matrix.ts'
import { oversized } from './oversized/oversized.ts'
import type { Part } from './part.ts'
import { races } from './races/races.ts'
import { slow } from './slow/slow.ts'

/** The parts, by the names that `--only` takes. */
export const parts = { matrix, races, slow, oversized } satisfies Record<string, Part>

export type PartName = keyof typeof parts

/** The share of the time that parts have together. */
export const weightOf = (names: readonly PartName[]) =>
  names.reduce((sum, name) => sum + ((parts[name]).weight ?? 1), 0)
