/** Delays `action` until `delay` milliseconds after the last call. */
export function debounce<Args extends unknown[]>(action: (...args: Args) => void, delay: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (...args: Args) => {
    clearTimeout(timer)
    timer = setTimeout(action, delay, ...args)
  }
}
