/** Calls `action` once the calls have paused for `delay` milliseconds. */
export function debounce<Args extends unknown[]>(action: (...args: Args) => void, delay: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (...args: Args) => {
    clearTimeout(timer)
    timer = setTimeout(action, delay, ...args)
  }
}
