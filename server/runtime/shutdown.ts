/** The server is shutting down; a load balancer must send requests elsewhere. */
export class ShuttingDownError extends Error {
  override name = 'ShuttingDownError'
  constructor() {
    super('The server is shutting down.')
  }
}

let hasBegun = false

export function beginShutdown(): void {
  hasBegun = true
}

export const isShuttingDown = () => hasBegun

/** @throws ShuttingDownError once {@link beginShutdown} has been called */
export function assertNotShuttingDown(): void {
  if (hasBegun) throw new ShuttingDownError()
}
