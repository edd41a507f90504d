import * as contract from '#server/contracts/health'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { health } from '#server/runtime/health'

export default defineEndpoint(contract.getHealth, health)
