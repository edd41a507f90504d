/** The server is shutting down; a load balancer must send requests elsewhere. */
export class ShuttingDownError extends Error {
  override name = 'ShuttingDownError'
  constructor() {
    super('The server is shutting down.')
  }
}

let isShuttingDown = false

export function beginShutdown(): void {
  isShuttingDown = true
}

/** @throws ShuttingDownError once {@link beginShutdown} has been called */
export function assertNotShuttingDown(): void {
  if (isShuttingDown) throw new ShuttingDownError()
}
