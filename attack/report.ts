import { mebibyte } from '#server/contracts/kit/limits'
import { number } from '../bench/report.ts'
import type { Result } from './run-part.ts'

const head = [
  'part', 'tried', 'count', 'fell', 'p50 ms before', 'during', 'p99 ms before', 'during', 'MiB start', 'peak', 'end',
]

/** A table in plain text: a line for each kind of attempt, the first of a part with how its server did. */
export function reportTable(results: readonly Result[]): string {
  const rows = results.flatMap(({ name, tally, before, during, memory }) => {
    const mebibytes = (bytes: number | undefined) => number(bytes === undefined ? undefined : bytes / mebibyte)
    const server = [
      ...[before.p50, during.p50, before.p99, during.p99].map(number),
      ...[memory.start, memory.peak, memory.end].map(mebibytes),
    ]
    return [...tally.kinds].map(([kind, { tried, fell }], i) => {
      const counts = [kind, tried.toLocaleString('en-US'), String(fell)]
      return i === 0 ? [name, ...counts, ...server] : ['', ...counts, ...server.map(() => '')]
    })
  })
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map(line => line[column]!.length)))
  return lines.map(line => line.map((cell, i) =>
    i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)).join('  ').trimEnd()).join('\n')
}

/** What fell, with how to reproduce it. */
export function reportFalls(results: readonly Result[]): string {
  const falls = results.flatMap(({ name, tally }) => [...tally.kinds].flatMap(([kind, { falls }]) =>
    [...falls].map(([what, details]) => `${name}: ${kind}: ${what}\n${details}`.trimEnd())))
  return falls.length > 0 ? falls.join('\n\n') : 'Nothing fell.'
}
