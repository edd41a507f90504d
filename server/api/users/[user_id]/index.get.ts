import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.getUser, async ({ user }) => ({ user }))
