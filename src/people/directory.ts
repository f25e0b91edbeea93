// Who is who, for other domains: names for activity, addresses for mail, the people who run an organisation.

import type { Tx } from '../db/tx.ts'
import { type MemberRow, readActiveMembersByRole, readMember, readMembersById } from './store.ts'
import { readTokenNames } from './store-tokens.ts'

/** Names of members (also of those who left) and of API tokens, by their ids. */
export async function readActorNames(tx: Tx, orgId: string, ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)]
  const members = await readMembersById(tx, orgId, wanted)
  const tokens = await readTokenNames(tx, orgId, wanted)
  return new Map([...members, ...tokens].map(({ id, name }) => [id, name]))
}

/** Members who may change everything: whom Longrun tells when something of the organisation breaks. */
export async function readAdminIds(tx: Tx, orgId: string): Promise<string[]> {
  return (await readActiveMembersByRole(tx, orgId, ['owner', 'admin'])).map((member) => member.id)
}

/** Where to write to a member; null when they left. */
export async function readMailAddress(tx: Tx, orgId: string, memberId: string): Promise<string | null> {
  const member: MemberRow | undefined = await readMember(tx, orgId, memberId)
  return member && !member.ended_at ? member.email : null
}
