import { z } from 'zod'

const Issue = z.object({
  code: z.string(),
  path: z.array(z.union([z.string(), z.int()])).meta({ description: 'The part at fault; empty for the whole' }),
  message: z.string(),
}).meta({ id: 'Issue' })

/** What every error is answered with. */
export const ErrorAnswer = z.object({
  statusCode: z.int().min(400).max(599),
  statusMessage: z.string(),
  message: z.string(),
  data: z.object({
    message: z.string(),
    issues: z.array(Issue).optional().meta({ description: 'What was invalid: up to 100 parts of the request' }),
  }),
}).meta({ id: 'Error' })
