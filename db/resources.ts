/** The resources that a request can refer to. */
export type Resource = 'User' | 'Project' | 'Chat' | 'Message' | 'File' | 'Share' | 'Session' | 'Whitelist entry'

export const notFoundMessage = (resource: Resource) => `${resource} not found`
