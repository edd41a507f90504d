import type { z } from 'zod'
import type { Links, Selection, View } from '#db/json-row'
import { selectionOf } from '#server/contracts/kit/selection'

/** What to select for each property of a response that contains objects, by its name. */
export type Selections = Record<string, Selection>

/** The selections of the properties of a response. */
export function selectionsOf(response: z.ZodType | undefined): Selections {
  const properties = (response && selectionOf(response)) ?? []
  return Object.fromEntries(properties.flatMap(({ name, fields }) => fields ? [[name, fields]] : []))
}

/** The views of the properties of a response. */
export function viewsOf(selections: Selections, links: Links): Record<string, View> {
  const views: Record<string, View> = {}
  for (const name in selections) views[name] = { select: selections[name]!, links }
  return views
}
