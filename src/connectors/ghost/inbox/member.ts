// In whose name comments are answered: a site lets only members speak, so it is the member with the address of a person of its staff.

import { z } from 'zod'
import type { Session } from '../../contract.ts'
import { ConnectorError } from '../../errors.ts'
import { call } from '../api.ts'

const users = z.object({ users: z.array(z.object({ email: z.string().optional() })) })
const members = z.object({ members: z.array(z.object({ id: z.string() })) })

/** Members by account; asked for again after a while, as people sign up. */
const known = new Map<string, { id: string | null; until: number }>()
const rememberedMs = 10 * 60_000
const mostKnown = 500

/** The owner first, then the others in the order in which they came. null: nobody of the staff is a member too. */
export async function answeringMember(session: Session, { anew = false } = {}): Promise<string | null> {
  const now = session.now().getTime()
  const name = `${session.account.id} ${session.account.server}`
  const before = known.get(name)
  if (before && before.until > now && !(anew && before.id === null)) return before.id
  const id = await findMember(session)
  if (known.size >= mostKnown) known.clear()
  known.set(name, { id, until: now + rememberedMs })
  return id
}

async function findMember(session: Session): Promise<string | null> {
  try {
    const { body } = await call(session, {
      path: 'users/',
      query: { limit: '25', order: 'created_at asc' },
      schema: users,
    })
    for (const { email } of body.users) {
      if (!email || /['\\]/.test(email)) continue
      const query = { filter: `email:'${email}'`, limit: '1', fields: 'id' }
      const found = (await call(session, { path: 'members/', query, schema: members })).body.members[0]
      if (found) return found.id
    }
    return null
  } catch (error) {
    // Older sites do not show their staff to integrations: then comments are read and not answered.
    if (error instanceof ConnectorError && (error.kind === 'forbidden' || error.kind === 'gone')) return null
    throw error
  }
}
