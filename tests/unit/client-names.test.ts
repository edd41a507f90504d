import { describe, expect, it } from 'vitest'
import { placesOf } from '../../scripts/client/names.ts'

const user = '/api/users/{user_id}'
const operations: [operationId: string, path: string, name: string][] = [
  ['signUp', '/api/auth/sign-up', 'signUp'],
  ['logIn', '/api/auth/login', 'logIn'],
  ['checkSession', '/api/auth/check', 'sessions.check'],
  ['listSessions', `${user}/sessions`, 'sessions.list'],
  ['endOtherSessions', `${user}/sessions`, 'sessions.endOther'],
  ['endSession', `${user}/sessions/{session_id}`, 'sessions.end'],
  ['getUser', user, 'user.get'],
  ['listProjects', `${user}/projects`, 'projects.list'],
  ['listChats', `${user}/chats`, 'chats.list'],
  ['deleteChat', `${user}/chats/{chat_id}`, 'chats.delete'],
  ['deleteChats', `${user}/chats`, 'chats.deleteMany'],
  ['listProjectChats', `${user}/projects/{project_id}/chats`, 'chats.listForProject'],
  ['deleteProjectChat', `${user}/projects/{project_id}/chats/{chat_id}`, 'chats.deleteForProject'],
  ['deleteProjectChats', `${user}/projects/{project_id}/chats`, 'chats.deleteManyForProject'],
  ['appendMessages', `${user}/chats/{chat_id}/messages`, 'messages.append'],
  ['deleteLastMessages', `${user}/chats/{chat_id}/messages/last`, 'messages.deleteLast'],
  ['listUserFiles', `${user}/files`, 'files.list'],
  ['listChatFiles', `${user}/chats/{chat_id}/files`, 'files.listForChat'],
  ['getChatShare', `${user}/chats/{chat_id}/shares`, 'shares.getForChat'],
  ['getShare', `${user}/chats/{chat_id}/shares/{share_id}`, 'shares.get'],
  ['addWhitelistEntries', `${user}/shares/{share_id}/whitelist-entries`, 'whitelistEntries.add'],
  ['unlockSharedChat', '/api/shared/chats/{uuid}/unlock', 'sharedChats.unlock'],
  ['listModels', '/models', 'models.list'],
  ['getReadiness', '/health/ready', 'readiness.get'],
]

describe('the names of the client', () => {
  const places = placesOf(operations.map(([operationId, path]) => ({ operationId, path })))

  it.each(operations)('%s of %s is %s', (operationId, _, name) => {
    const { namespace, method } = places.get(operationId)!
    expect([namespace, method].filter(Boolean).join('.')).toBe(name)
  })

  it('must be unique', () => {
    const operations = [
      { operationId: 'listFiles', path: '/files' },
      { operationId: 'listUserFiles', path: `${user}/files` },
      { operationId: 'getUser', path: user },
    ]
    expect(() => placesOf(operations)).toThrow('Several operations would be files.list in the client.')
  })
})
