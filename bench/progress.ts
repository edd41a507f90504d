const start = performance.now()

/** Reports on stderr what happens, with the seconds since the start. */
export function progress(text: string): void {
  const seconds = Math.round((performance.now() - start) / 1000)
  process.stderr.write(`${String(seconds).padStart(5)} s  ${text}\n`)
}
