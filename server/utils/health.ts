/** What a server in good health says of itself. */
export function healthy() {
  return { status: 'healthy' as const, timestamp: new Date(), uptime: process.uptime() }
}
