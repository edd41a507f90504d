import { z } from 'zod'
import { defineContract } from './kit/contract.ts'
import { Time } from './kit/fields.ts'

const Health = z.object({
  status: z.literal('healthy'),
  timestamp: Time,
  uptime: z.number().meta({ description: 'Seconds since the process started' }),
}).meta({ id: 'Health' })

export const getHealth = defineContract('GET /health', {
  summary: 'Check that the process is alive',
  description: 'Does not use the database.',
  session: 'ignored',
  database: false,
  response: Health,
})

export const getReadiness = defineContract('GET /health/ready', {
  summary: 'Check that the server is ready',
  description: 'Ready means that the database answers and that the server is not shutting down.',
  session: 'ignored',
  database: false,
  response: Health,
  errors: { 503: ['The database is currently unavailable.', 'The server is shutting down.'] },
})
