import { useConfig } from '#server/config'
import * as contract from '#server/contracts/models'
import { defineProbe } from '#server/utils/endpoint'

export default defineProbe(contract.listModels, () => {
  const { allowedModels } = useConfig()
  return { models: allowedModels ?? [], any: !allowedModels }
})
