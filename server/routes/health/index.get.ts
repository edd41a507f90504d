import * as contract from '#server/contracts/health'
import { defineProbe } from '#server/utils/endpoint'
import { healthy } from '#server/utils/health'

export default defineProbe(contract.getHealth, healthy)
