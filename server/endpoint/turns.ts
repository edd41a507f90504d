import { useConfig } from '#server/runtime/config'
import { tooManyRequests } from './http-error.ts'

/** The tasks of a caller: how many are running, and those that wait for their turn. */
interface Tasks {
  running: number
  waiting: (() => void)[]
}

const callers = new Map<string, Tasks>()

/**
 * Runs a task of a caller, of whom only some run at a time, so that no caller takes all places of the database.
 * @throws HttpError 429 if too many are waiting, or this one has waited too long
 */
export async function inTurn<Result>(caller: string, task: () => Promise<Result>): Promise<Result> {
  const tasks = callers.get(caller) ?? { running: 0, waiting: [] }
  if (tasks.running === 0) callers.set(caller, tasks)
  if (tasks.running < useConfig().userConcurrency) tasks.running++
  else await turnOf(tasks)
  try {
    return await task()
  }
  finally {
    // The next one takes over the place.
    const begin = tasks.waiting.shift()
    if (begin) begin()
    else if (--tasks.running === 0) callers.delete(caller)
  }
}

function turnOf({ waiting }: Tasks): Promise<void> {
  const { userQueueSize, userQueueTimeout } = useConfig()
  if (waiting.length >= userQueueSize) throw tooManyRequests('user-requests')
  return new Promise((resolve, reject) => {
    const begin = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(begin), 1)
      reject(tooManyRequests('user-requests'))
    }, userQueueTimeout)
    waiting.push(begin)
  })
}
