import { z } from 'zod'
import { useConfig } from '#server/config'
import { defineContract } from './contract.ts'
import { ModelIdentifier } from './fields.ts'

/** A model that this server allows: any well-formed one, unless it was given a list. */
export const AllowedModel = ModelIdentifier.refine(
  model => useConfig().allowedModels?.includes(model) ?? true,
  'Is not among the models that this server allows',
)

export const listModels = defineContract('GET /models', {
  summary: 'Tell which models a chat may have: those listed, or any well-formed one',
  session: 'ignored',
  response: z.object({ models: z.array(z.string()), any: z.boolean() }),
})
