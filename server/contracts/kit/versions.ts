import type { Contract } from './contract.ts'
import { fieldsOf } from './shapes.ts'

/**
 * The resources that have a version, by the parameter of a path that names one, with the property of a response that
 * contains one.
 */
const versioned: Record<string, string> = {
  user_id: 'user',
  project_id: 'project',
  chat_id: 'chat',
  message_id: 'chatMessage',
  file_id: 'chatFile',
  share_id: 'share',
}

/** Their links vary, so that a response may differ although the resource has not changed. */
const withLinksToFiles = ['chatMessage', 'chatFile']

type Declared = Pick<Contract, 'route' | 'response'>

const isOfUser = ({ route }: Declared) => route.includes(' /api/users/{user_id}')

/** The property of a response that contains a single resource with a version; undefined if there is none. */
export function versionedProperty(contract: Declared): string | undefined {
  if (!isOfUser(contract) || !contract.response) return undefined
  return fieldsOf(contract.response).find(name => Object.values(versioned).includes(name))
}

/** Whether an endpoint takes `If-None-Match`. */
export function takesIfNoneMatch(contract: Declared): boolean {
  const property = versionedProperty(contract)
  return contract.route.startsWith('GET ') && property !== undefined && !withLinksToFiles.includes(property)
}

/** The path parameter of the resource that an endpoint changes if `If-Match` allows it; undefined if it takes none. */
export function ifMatchParameter(contract: Declared): string | undefined {
  const parameter = /^(?:PATCH|DELETE) .*\{(\w+)\}$/.exec(contract.route)?.[1]
  return isOfUser(contract) && parameter && parameter in versioned ? parameter : undefined
}
