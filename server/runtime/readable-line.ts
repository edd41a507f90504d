/** A line of the log for a person: the time, the level, the event and what else it has. */
export function readableLine(line: string): string {
  const { time, level, event, pid: _, error, ...rest } = JSON.parse(line) as Record<string, unknown>
  const values = Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`)
  const clock = new Date(time as number).toISOString().slice(11, 23)
  const head = [clock, String(level).toUpperCase(), event, ...values].join(' ')
  return error === undefined ? head : `${head}\n${JSON.stringify(error, null, 2)}`
}
