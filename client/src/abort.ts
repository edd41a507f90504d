/** Longer timers would fire at once. */
export const longestTimer = 2 ** 31 - 1

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

/** Waits for some milliseconds, unless the signal is aborted first. */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, longestTimer))
  })
  await abortable(passed, signal).finally(() => clearTimeout(timer))
}
