import { z } from 'zod'

const Issue = z.object({
  code: z.string(),
  path: z.array(z.union([z.string(), z.int()])).meta({ description: 'The invalid part; empty for the whole' }),
  message: z.string(),
}).meta({ id: 'Issue' })

/** The body of every error response. */
export const ErrorBody = z.object({
  statusCode: z.int().min(400).max(599),
  statusMessage: z.string(),
  message: z.string(),
  data: z.object({
    name: z.enum(['QuotaExceeded']).optional().meta({ description: 'The kind of error' }),
    message: z.string(),
    issues: z.array(Issue).optional().meta({ description: 'Up to 100 invalid parts of the request' }),
  }),
}).meta({ id: 'Error' })
