import { z } from 'zod'
import { errorNames } from './error-names.ts'
import { maxIssues } from './limits.ts'

const Issue = z.object({
  code: z.string(),
  path: z.array(z.string()).meta({ description: 'The invalid part: `["messages", "0", "role"]`; empty for the whole' }),
  message: z.string(),
}).meta({ id: 'Issue' })

/** The body of every error response. */
export const ErrorBody = z.object({
  statusCode: z.int().min(400).max(599),
  statusMessage: z.string(),
  message: z.string(),
  data: z.object({
    name: z.enum(errorNames).meta({ description: 'The kind of error, for programs' }),
    message: z.string(),
    issues: z.array(Issue).max(maxIssues).meta({ description: 'The invalid parts of the request, if there are any' }),
  }),
}).meta({ id: 'Error' })
