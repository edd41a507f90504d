import { defineNitroPlugin } from 'nitropack/runtime'
import { routeOf } from '#server/contracts/contract'
import { contracts } from '#server/contracts/index'
import answerOthers from '#server/routes/[...]'

/**
 * Has every path answer the methods that it does not take. For those, the router would look for a path that fits as well,
 * and if it finds one, answer by it from then on: one request would change where those of everybody else lead.
 */
export default defineNitroPlugin(({ router }) => {
  for (const { route } of Object.values(contracts)) router.use(routeOf(route).path.replaceAll(/{(\w+)}/g, ':$1'), answerOthers)
})
