import { describeQueryError, type QueryError } from '#db/errors'

/** An error in the log: without the values of a statement, and followed by its causes. */
export interface DescribedError extends Partial<QueryError> {
  type: string
  message?: string
  code?: string
  /** The lines of the stack. */
  stack?: string[]
  cause?: DescribedError
}

/** Causes beyond this number are left out. */
const maxCauses = 5

/**
 * Describes an error and its causes for the log. Only what is known to contain no values is taken: the code of a
 * database error and the statement, but neither its message nor its details.
 * @param hasStack whether to add the stacks
 */
export function describeError(error: unknown, { hasStack = true } = {}): DescribedError {
  return describe(error, hasStack, maxCauses, false)
}

function describe(error: unknown, hasStack: boolean, causes: number, isOfStatement: boolean): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error }
  const ofQuery = describeQueryError(error)
  const { code } = error as NodeJS.ErrnoException
  const isConnectionError = typeof code === 'string'
  const stack = hasStack && framesOf(error)
  return {
    ...ofQuery ?? { type: error.name },
    // The driver may quote a value that it cannot send.
    ...!ofQuery && (!isOfStatement || isConnectionError) && { message: error.message },
    ...!ofQuery && isConnectionError && { code },
    ...stack && { stack },
    ...error.cause !== undefined && causes > 0
    && { cause: describe(error.cause, hasStack, causes - 1, isOfStatement || ofQuery !== undefined) },
  }
}

/** The stack without the message in front of it. */
function framesOf({ message, stack = '' }: Error): string[] | undefined {
  const end = stack.indexOf(message) + message.length
  const isFound = stack.startsWith(message, end - message.length)
  if (!isFound) return undefined
  return stack.slice(end).split('\n').map(line => line.trim()).filter(line => line.startsWith('at '))
}
