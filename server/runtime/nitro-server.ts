/**
 * Configures Nitro's Node.js server. Nitro takes its host and its shutdown timeout from the environment only, which it
 * reads after the plugins have run.
 *
 * Remove when Nitro has options for them: https://nitro.build/deploy/runtimes/node
 * @param isLoopbackOnly whether only this machine may connect
 */
export function configureNitroServer({ isLoopbackOnly }: { isLoopbackOnly: boolean }): void {
  // Docker sends SIGKILL ten seconds after SIGTERM.
  process.env.NITRO_SHUTDOWN_TIMEOUT ??= '4000'
  if (isLoopbackOnly) process.env.NITRO_HOST = '127.0.0.1'
}
