import { TimeoutError } from './errors.ts'

/** Longer timers would fire at once. */
const longestTimer = 2 ** 31 - 1

/** Settles like a promise, unless the signal is aborted first. Then it rejects with the reason. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    // The reason is up to the caller.
    const abort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort)).catch(() => {})
  })
}

/**
 * Runs a task with a signal, which is aborted with that of the caller, or with a `TimeoutError` when the time is up.
 * @param request that the task waits for, as the message of the error has it
 */
export async function withTimeLimit<T>(
  request: string,
  { signal, timeout = Infinity }: { signal?: AbortSignal | undefined, timeout?: number | undefined },
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const abort = () => limit.abort(new TimeoutError(`No response to ${request} within ${timeout} ms`))
  const timer = setTimeout(abort, Math.min(timeout, longestTimer))
  try {
    return await task(signal ? AbortSignal.any([signal, limit.signal]) : limit.signal)
  }
  finally {
    clearTimeout(timer)
  }
}

/** Waits for some milliseconds, unless the signal is aborted first. */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, longestTimer))
  })
  await abortable(passed, signal).finally(() => clearTimeout(timer))
}
