/** The falls of a kind that are described. Further ones are only counted. */
const maxDescribed = 5

interface Kind {
  tried: number
  fell: number
  /** The descriptions of what fell, with how to reproduce it. */
  falls: Map<string, string>
}

/** Counts what was tried and what fell, by kind. */
export class Tally {
  readonly kinds = new Map<string, Kind>()

  tried(kind: string, times = 1): void {
    this.kindOf(kind).tried += times
  }

  /**
   * Counts a fall.
   * @param what describes it; described once
   * @param details how to reproduce it
   */
  fell(kind: string, what: string, details = ''): void {
    const described = this.kindOf(kind)
    described.fell++
    if (described.falls.size < maxDescribed) described.falls.set(what, described.falls.get(what) ?? details)
  }

  get total(): Pick<Kind, 'tried' | 'fell'> {
    const kinds = [...this.kinds.values()]
    const sum = (key: 'tried' | 'fell') => kinds.reduce((total, kind) => total + kind[key], 0)
    return { tried: sum('tried'), fell: sum('fell') }
  }

  private kindOf(name: string): Kind {
    const kind = this.kinds.get(name) ?? { tried: 0, fell: 0, falls: new Map() }
    this.kinds.set(name, kind)
    return kind
  }
}
