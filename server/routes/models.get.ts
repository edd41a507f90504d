import { useConfig } from '#server/config'
import { listModels } from '#server/contracts/models'
import { defineProbe } from '#server/utils/endpoint'

export default defineProbe(listModels, () => {
  const { allowedModels } = useConfig()
  return { models: allowedModels ?? [], any: !allowedModels }
})
