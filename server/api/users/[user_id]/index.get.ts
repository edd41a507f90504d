import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.getUser, ({ session }) => ({ user: session.user }))
