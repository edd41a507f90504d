import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const page = join(import.meta.dirname, '../docs/performance.md')

/** The parts of docs/performance.md that are generated. */
export type Section = 'endpoints' | 'scale' | 'write'

/** Replaces a generated section of docs/performance.md. */
export function writeSection(section: Section, text: string): void {
  const [start, end] = [`<!-- bench:${section} -->`, `<!-- /bench:${section} -->`]
  const before = readFileSync(page, 'utf8')
  const [from, to] = [before.indexOf(start), before.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/performance.md lacks the markers ${start} and ${end}.`)
  writeFileSync(page, `${before.slice(0, from)}${start}\n\n${text.trim()}\n\n${before.slice(to)}`)
}

/** A table in Markdown, aligned so that it can also be read as text. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => row[column]!.length), 3))
  // Text is in the first column, and numbers are in the others.
  const line = (cells: readonly string[], fill = ' ') => {
    const padded = cells.map((cell, i) => i === 0 ? cell.padEnd(widths[i]!, fill) : cell.padStart(widths[i]!, fill))
    return `| ${padded.join(' | ')} |`
  }
  const rule = line(head.map((_, i) => i === 0 ? '' : '-:'), '-')
  return [line(head), rule, ...rows.map(cells => line(cells))].join('\n')
}

/** A number with three significant digits at most, and a comma between thousands. */
export function number(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return 'n/a'
  const rounded = value >= 100 ? Math.round(value) : Number(value.toPrecision(value >= 10 ? 3 : 2))
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 2 })
}

/** How much larger one number is than another, with two decimals. */
export function ratio(value: number | undefined, base: number | undefined): string {
  return value === undefined || base === undefined || base === 0 ? 'n/a' : (value / base).toFixed(2)
}
