import { expect, it } from 'vitest'
import { appendMessages, createChat, createShare, openShare, signedInUser } from '../../support/factories.ts'

const files = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ title: `${i}.txt`, text: 'x'.repeat(250 * 1024) }))

it('shows all files of a chat whose system messages have large files', async () => {
  const ada = await signedInUser()
  const chat = await createChat(ada)
  await appendMessages(ada, chat, { actor: 'user', message: 'Question', files: files(1) })
  for (let i = 0; i < 2; i++)
    await appendMessages(ada, chat, { actor: 'system', message: 'Hidden', files: files(15) })
  await appendMessages(ada, chat, { actor: 'assistant', message: 'Answer', files: files(1) })
  const { uuid } = await createShare(ada, chat)
  const { chatMessages } = (await openShare(uuid)).body
  expect(chatMessages.map(({ content, files }) => [content, files.length])).toEqual([['Question', 1], ['Answer', 1]])
})
