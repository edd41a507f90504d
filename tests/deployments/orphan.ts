/** Calls back once the process that has started this one has ended, perhaps without having been able to stop it. */
export function onceOrphaned(stop: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, 1000).unref()
}
