/** The health of this process. */
export function health() {
  return { status: 'healthy' as const, timestamp: new Date(), uptime: process.uptime() }
}
