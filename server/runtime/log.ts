import cluster from 'node:cluster'
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

/** Characters to write at once. Of several processes, a pipe takes up to 4 KiB without mixing them. */
const maxWrite = cluster.isWorker ? 4096 : 65_536

/** Milliseconds that a line waits for others. Vercel may suspend the process right after a response. */
const maxWait = import.meta.preset === 'vercel' ? 0 : 20

/**
 * Writes several lines together, because a system call for each would take longer than everything else about it. Errors
 * do not wait, so that a process that is killed loses nothing but what has gone well in its last moment.
 *
 * Node.js writes to the standard output synchronously (on Linux). An asynchronous buffer or a thread would lose more,
 * and would fill the memory if nobody reads.
 */
function standardOutput() {
  let lines = ''
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (lines !== '') process.stdout.write(lines)
    lines = ''
  }
  // A log that cannot be written, for example to a full disk, does not end the server.
  process.stdout.on('error', () => {})
  process.on('exit', flush)
  return {
    // Makes pino set the level of each line.
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      if (lines.length + line.length > maxWrite) flush()
      lines += line
      if (maxWait === 0 || this.lastLevel >= pino.levels.values.error!) flush()
      else timer ??= setTimeout(flush, maxWait)
    },
  }
}

const readable = { write: (line: string) => console.log(readableLine(line)) }
