import examplesByOperation from './examples.json' with { type: 'json' }

/** A recorded request and its response. */
export interface Example {
  request?: unknown
  response?: unknown
  /** The responses to callers without access, by status. */
  refusals?: Record<string, { message: string }>
}

/** The examples by operation id. */
export const examples: Record<string, Example> = examplesByOperation
