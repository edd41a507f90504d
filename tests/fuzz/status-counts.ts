type Counts = Map<string, number>

/** How often which status came, by operation, and by whether the request was valid. */
export class Tally {
  readonly #valid = new Map<string, Counts>()
  readonly #broken = new Map<string, Counts>()
  cases = 0

  /** @param status undefined where nobody waited for one */
  add(operation: string, isValid: boolean, status: number | undefined): void {
    this.cases++
    const counts = isValid ? this.#valid : this.#broken
    if (!counts.has(operation)) counts.set(operation, new Map())
    increment(counts.get(operation)!, String(status ?? 'cut off'))
  }

  /** Whether at least half of the valid requests for an operation succeed. */
  isReached(operation: string): boolean {
    const counts = this.#valid.get(operation)
    return counts !== undefined && successesIn(counts) >= sum(counts) / 2
  }

  shareOfSuccesses(): string {
    const all = [...this.#valid.values()]
    return percent(all.reduce((total, counts) => total + successesIn(counts), 0), all.reduce((total, counts) => total + sum(counts), 0))
  }

  /** A line for each operation: how many of the valid requests succeed, and all statuses, the most frequent first. */
  table(): string {
    const names = [...new Set([...this.#valid.keys(), ...this.#broken.keys()])].sort()
    return names.map((name) => {
      const [valid, broken] = [this.#valid.get(name) ?? new Map<string, number>(), this.#broken.get(name) ?? new Map<string, number>()]
      const share = valid.size > 0 ? percent(successesIn(valid), sum(valid)) : ''
      return `${name.padEnd(22)}${share.padStart(7)}  ${line(valid).padEnd(52)}  broken: ${line(broken)}`
    }).join('\n')
  }
}

const increment = (counts: Counts, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
const sum = (counts: Counts) => [...counts.values()].reduce((sum, count) => sum + count, 0)
const successesIn = (counts: Counts) => sum(new Map([...counts].filter(([status]) => Number(status) < 400)))
const percent = (part: number, whole: number) => `${(100 * part / whole).toFixed(1)} %`
const line = (counts: Counts) => [...counts].sort(([, a], [, b]) => b - a).map(([status, count]) => `${status} × ${count}`).join(', ')
