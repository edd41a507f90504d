import cluster from 'node:cluster'
import { runWorkers } from '#server/runtime/workers'

/** The entry of the build. The server is imported here, because the parent of workers does not need it. */
if (cluster.isPrimary && (import.meta.preset === 'node-cluster' || Number(process.env.NITRO_CLUSTER_WORKERS) > 1))
  runWorkers()
else
  void import('./listen.ts')
