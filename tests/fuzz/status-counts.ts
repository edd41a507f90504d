type Counts = Map<string, number>

/** Counts the statuses of the responses, by operation, for valid and mutated requests. */
export class StatusCounts {
  readonly #valid = new Map<string, Counts>()
  readonly #mutated = new Map<string, Counts>()
  cases = 0

  /** @param status undefined if the request was aborted */
  add(operation: string, isValid: boolean, status: number | undefined): void {
    this.cases++
    const counts = isValid ? this.#valid : this.#mutated
    if (!counts.has(operation)) counts.set(operation, new Map())
    increment(counts.get(operation)!, String(status ?? 'aborted'))
  }

  /** Whether at least half of the valid requests for an operation succeed. */
  mostlySucceeds(operation: string): boolean {
    const counts = this.#valid.get(operation)
    return counts !== undefined && successesIn(counts) >= sum(counts) / 2
  }

  /** The success rate of all valid requests, in percent. */
  successRate(): string {
    const all = [...this.#valid.values()]
    const successes = all.reduce((total, counts) => total + successesIn(counts), 0)
    return percent(successes, all.reduce((total, counts) => total + sum(counts), 0))
  }

  /** One line per operation: the success rate of the valid requests, and all statuses by descending frequency. */
  table(): string {
    const names = [...new Set([...this.#valid.keys(), ...this.#mutated.keys()])].sort()
    return names.map((name) => {
      const valid = this.#valid.get(name) ?? new Map<string, number>()
      const mutated = this.#mutated.get(name) ?? new Map<string, number>()
      const rate = valid.size > 0 ? percent(successesIn(valid), sum(valid)) : ''
      return `${name.padEnd(22)}${rate.padStart(7)}  ${format(valid).padEnd(52)}  mutated: ${format(mutated)}`
    }).join('\n')
  }
}

const increment = (counts: Counts, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
const sum = (counts: Counts) => [...counts.values()].reduce((sum, count) => sum + count, 0)
const successesIn = (counts: Counts) => sum(new Map([...counts].filter(([status]) => Number(status) < 400)))
const percent = (part: number, whole: number) => `${(100 * part / whole).toFixed(1)} %`

function format(counts: Counts): string {
  const byFrequency = [...counts].sort(([, a], [, b]) => b - a)
  return byFrequency.map(([status, count]) => `${status} × ${count}`).join(', ')
}
