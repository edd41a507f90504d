import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const module = join(import.meta.dirname, '../../modules/node-server/reuse-memory.ts')

/** Counts the page faults of filling a buffer of 16 MiB, after another one has been freed. */
const script = `
  import { reuseMemory } from ${JSON.stringify(module)}
  if (process.argv[1] === 'reuse') reuseMemory()
  const fill = () => Buffer.allocUnsafeSlow(16 * 1024 * 1024).fill(1).buffer.transfer(0)
  fill()
  const before = process.resourceUsage().minorPageFault
  fill()
  console.log(process.resourceUsage().minorPageFault - before)`

const pageFaults = (argument: string) =>
  Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script, argument], { encoding: 'utf8' }))

/** Only glibc learns from what is freed. */
const hasGlibc = 'glibcVersionRuntime' in (process.report.getReport() as { header: object }).header

it.skipIf(!hasGlibc)('reuses the memory of large buffers', () => {
  expect(pageFaults('')).toBeGreaterThan(1000)
  expect(pageFaults('reuse')).toBeLessThan(500)
})
