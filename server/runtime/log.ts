import pino, { type Logger } from 'pino'
import { readableLine } from './readable-line.ts'

let log: Logger | undefined

/**
 * The log of this process: one JSON object a line, on the standard output. What is for whoever starts the server, such
 * as the reason why it cannot start, is a sentence on the standard error instead.
 *
 * The level is read from the environment, because the parent of workers does not load the configuration, which checks
 * it.
 */
export function useLog(): Logger {
  return log ??= pino({
    level: process.env.NUXT_LOG_LEVEL || 'info',
    base: { pid: process.pid },
    formatters: { level: level => ({ level }) },
  }, import.meta.dev ? readable : standardOutput())
}

/** Bytes that a pipe takes without mixing them with those of other processes. */
const maxWrite = 4096

/**
 * Writes the lines of a turn of the event loop together, because a system call for each would take longer than
 * everything else about it. Only the lines of the last turn are lost if the process is killed.
 *
 * Node.js writes to the standard output synchronously (on Linux). A buffer of pino, or a thread, would lose more, and
 * would fill the memory if nobody reads.
 */
function standardOutput() {
  let lines = ''
  let isScheduled = false
  const flush = () => {
    isScheduled = false
    if (lines !== '') process.stdout.write(lines)
    lines = ''
  }
  // A log that cannot be written, for example to a full disk, does not end the server.
  process.stdout.on('error', () => {})
  process.on('exit', flush)
  return {
    write(line: string) {
      if (lines.length + line.length > maxWrite) flush()
      lines += line
      if (isScheduled) return
      isScheduled = true
      setImmediate(flush)
    },
  }
}

const readable = { write: (line: string) => console.log(readableLine(line)) }
