let shuttingDown = false

/** From now on the server tells whoever sends it requests to send them elsewhere. */
export function beginShutdown(): void {
  shuttingDown = true
}

export function isShuttingDown(): boolean {
  return shuttingDown
}
