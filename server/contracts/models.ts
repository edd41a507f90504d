import { z } from 'zod'
import { defineContract } from './kit/contract.ts'
import { issue } from './kit/issues.ts'
import type { ConfiguredLimits } from './kit/limits.ts'

/** Checks whether the server allows the model of a new chat. */
export const checkModel = ({ model }: { model: string }, { allowedModels }: ConfiguredLimits) =>
  allowedModels && !allowedModels.includes(model) ? [issue(['model'], 'Is not an allowed model')] : []

export const listModels = defineContract('GET /models', {
  summary: 'List the allowed models',
  description: '`any` is true if any well-formed model identifier is allowed.',
  session: 'ignored',
  database: false,
  response: z.object({ models: z.array(z.string()), any: z.boolean() }),
})
