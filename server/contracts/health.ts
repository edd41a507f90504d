import { z } from 'zod'
import { defineContract } from './contract.ts'
import { Time } from './fields.ts'

const Health = z.object({
  status: z.literal('healthy'),
  timestamp: Time,
  uptime: z.number().meta({ description: 'Seconds since the process started' }),
}).meta({ id: 'Health' })

export const getHealth = defineContract('GET /health', {
  summary: 'Tell that the process is alive; asks nobody else',
  session: 'ignored',
  response: Health,
})

export const getReadiness = defineContract('GET /health/ready', {
  summary: 'Tell whether requests can be served: the database answers, and the server is not about to stop',
  session: 'ignored',
  response: Health,
  errors: { 503: ['The database cannot be reached just now.', 'The server is shutting down.'] },
})
