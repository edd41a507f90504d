import type { Fault } from './fault.ts'
import { fullDisk } from './full-disk.ts'
import { heldConnections } from './held-connections.ts'
import { killedEmbedded, killedServer } from './killed-server.ts'
import { lostConnections } from './lost-connections.ts'
import { rollingRestart } from './rolling-restart.ts'
import { shutdown } from './shutdown.ts'
import { soak } from './soak.ts'
import { stoppedDatabase } from './stopped-database.ts'

/** The faults, by the names that the command takes. */
export const faults = {
  'lost-connections': lostConnections,
  'stopped-database': stoppedDatabase,
  'held-connections': heldConnections,
  'shutdown': shutdown,
  'rolling-restart': rollingRestart,
  'killed-server': killedServer,
  'killed-embedded': killedEmbedded,
  'full-disk': fullDisk,
  'soak': soak,
} satisfies Record<string, Fault>

export type FaultName = keyof typeof faults
