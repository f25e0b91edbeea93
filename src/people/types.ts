// Who acts: a member in the web app, an API token of a member, Longrun itself, a network, or somebody outside with a link.

import type { Role } from './permissions.ts'

export interface Actor {
  kind: 'member' | 'token' | 'system' | 'network' | 'outsider'
  /** Id of the member, the token or the person outside; null for Longrun itself. */
  id: string | null
}

export const longrunItself: Actor = { kind: 'system', id: null }

/** A person or token inside one organisation, as every organisation route receives it. */
export interface Caller {
  orgId: string
  userId: string
  memberId: string
  role: Role
  actor: Actor
  /** null for people; tokens may do only what their scopes cover. */
  scopes: string[] | null
}

/** A signed-in person, before any organisation is named. */
export interface Person {
  userId: string
  sessionId: string
}
