import { describe, expect, it } from 'vitest'
import { anyTimestamp } from '../../support/expect.ts'
import { createChat, createProject, signedInUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'

describe('the health checks', () => {
  it.each(['/health', '/health/ready'])('report a healthy server at %s', async (path) => {
    const { status, body } = await request('GET', path)
    expect(status).toBe(200)
    expect(body).toStrictEqual({ status: 'healthy', timestamp: anyTimestamp, uptime: expect.any(Number) })
  })
})

describe('GET /models', () => {
  it('accepts any well-formed model if no models are configured', async () => {
    const { status, body } = await request('GET', '/models')
    expect([status, body]).toStrictEqual([200, { models: [], any: true }])
    const ada = await signedInUser()
    const chat = await createChat(ada, { model: 'nobody/has-heard-of-it:7b_v1.0' }, await createProject(ada))
    expect(chat.model).toBe('nobody/has-heard-of-it:7b_v1.0')
  })
})
