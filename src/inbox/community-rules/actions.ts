// Verbs of the rules of communities: say them for an account, see what seems to break them, let something stand.

import { accountRow } from '../../accounts/session.ts'
import { inOrg, readInOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { announce } from '../conversations/announce.ts'
import { findConversation } from '../conversations/store.ts'
import { brokenBy } from './rules.ts'
import { commentRows, putRules, rulesRows, setLetStand } from './store.ts'
import { type CommunityRules, communityRules } from './types.ts'

type Timed = Pick<Services, 'db' | 'clock'>

const mostComments = 100

export const listRules = ({ db }: Pick<Services, 'db'>, { orgId }: Caller) =>
  readInOrg(db, orgId, async (tx) => {
    const rows = await rulesRows(tx, orgId)
    const person = await readActors(
      tx,
      orgId,
      rows.map(({ changed_by }) => changed_by),
    )
    return rows.map((row) => ({
      ...{ accountId: row.account_id, rules: communityRules.parse(row.rules) },
      ...{ changedAt: row.changed_at.toISOString(), changedBy: person(row.changed_by) },
    }))
  })

export const changeRules = (
  { db, clock }: Timed,
  { orgId, memberId, actor }: Caller,
  { id: accountId, rules }: { id: string; rules: CommunityRules },
): Promise<void> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const { name } = await accountRow(tx, orgId, accountId)
    await putRules(tx, orgId, { accountId, rules, at, by: memberId })
    const subject = { kind: 'account', id: accountId }
    await record(tx, orgId, actor, at, { verb: 'community-rules.changed', subject, facts: { name, rules } })
  })

export const suggestionsOf = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    const conversation = await findConversation(tx, orgId, id)
    if (!conversation) throw notFound('conversation')
    const [row] = await rulesRows(tx, orgId, conversation.account_id)
    if (!row) return { rules: null, items: [] }
    const rules = communityRules.parse(row.rules)
    const comments = await commentRows(tx, orgId, id, mostComments)
    const items = comments.flatMap(({ id: messageId, body, intent, sentiment }) => {
      const broken = brokenBy({ text: body, intent, sentiment }, rules)
      return broken.length > 0 ? [{ messageId, broken }] : []
    })
    return { rules, items }
  })

/** `stands` false takes it back: it is looked at again. */
export const letStand = (
  { db, clock }: Timed,
  { orgId, memberId, actor }: Caller,
  { id, messageId, stands }: { id: string; messageId: string; stands: boolean },
): Promise<void> =>
  inOrg(db, orgId, async (tx) => {
    const now = clock()
    const change = stands ? { at: now, by: memberId } : { at: null, by: null }
    if (!(await setLetStand(tx, orgId, { conversationId: id, messageId, ...change }))) throw notFound('message')
    await announce(tx, orgId, [id])
    const verb = stands ? 'message.let-stand' : 'message.looked-at-again'
    await record(tx, orgId, actor, now, { verb, subject: { kind: 'conversation', id }, facts: { messageId } })
  })
