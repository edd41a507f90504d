type Task = () => unknown

const tasks: Task[] = []

/** Whether the process has been told to stop. */
export let isStopping = false

/** Registers what to do at the end, also after an error or Ctrl-C. The last registered task runs first. */
export function defer(task: Task): void {
  if (isStopping) void task()
  else tasks.push(task)
}

/** Runs the registered tasks, each once. One that fails does not prevent the others. */
export async function cleanUp(): Promise<void> {
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    try {
      await task()
    }
    catch (error) {
      console.error(`Cleaning up failed: ${(error as Error).message}`)
    }
  }
}

/** Cleans up and exits when the process is told to stop. */
export function cleanUpOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      isStopping = true
      console.error('\nStopping …')
      void cleanUp().then(() => process.exit(130))
    })
  }
}
