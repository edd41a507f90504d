import answers from './examples.json' with { type: 'json' }

/** A request and what was really answered to it. */
export interface Example {
  request?: unknown
  response?: unknown
  /** Answers to those who may not, by status. */
  refusals?: Record<string, { message: string }>
}

/** By the name of the endpoint. */
export const examples: Record<string, Example> = answers
