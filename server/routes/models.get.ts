import * as contract from '#server/contracts/models'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { useConfig } from '#server/runtime/config'

export default defineEndpoint(contract.listModels, () => {
  const { allowedModels } = useConfig()
  return { models: allowedModels ?? [], any: !allowedModels }
})
