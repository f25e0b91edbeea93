// Verbs of topics that hand what matches to the inbox: said by people, tried before, and done by the clock.

import { asSystem, inOrg, readInOrg, type Tx } from '../../../db/tx.ts'
import { record } from '../../../events/actions.ts'
import { notFound } from '../../../lib/refusal.ts'
import { type Caller, longrunItself } from '../../../people/types.ts'
import type { Services } from '../../../services.ts'
import { findTopic, lockTopic, type TopicRow } from '../../topics/store.ts'
import { insertHandOn } from '../store.ts'
import { reasonOf } from './rules.ts'
import { countMatching, dayBegan, type HandingTopic, handedOnDay, handingTopics, setRule, toHandOn } from './store.ts'
import { type HandOnRule, handOnRule } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>

/** Labels may still change in the first minutes; what is heard later than this after it was said is nobody's conversation any more. */
const freshMs = 6 * 3_600_000
const weekMs = 7 * 86_400_000
const mostCounted = 1_000

const mustFind = async (tx: Tx, orgId: string, id: string): Promise<TopicRow> => {
  const row = await findTopic(tx, orgId, id)
  if (!row || row.removed_at) throw notFound('topic')
  return row
}

export const readTopicHandOn = ({ db, clock }: Deps, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => shown(tx, orgId, await mustFind(tx, orgId, id), clock()))

async function shown(tx: Tx, orgId: string, row: TopicRow, now: Date) {
  const rule = row.hands_on === null ? null : handOnRule.parse(row.hands_on)
  const today = await handedOnDay(tx, orgId, row.id, now)
  return { rule, since: row.hands_on_since?.toISOString() ?? null, today }
}

export const tryTopicHandOn = (
  { db, clock }: Deps,
  { orgId }: Caller,
  { id, rule }: { id: string; rule: HandOnRule },
) =>
  readInOrg(db, orgId, async (tx) => {
    const { number } = await mustFind(tx, orgId, id)
    const since = new Date(clock().getTime() - weekMs)
    return { lastWeek: await countMatching(tx, { orgId, number, rule, since, most: mostCounted }) }
  })

export const setTopicHandOn = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { id, rule }: { id: string; rule: HandOnRule | null },
) =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const before = await lockTopic(tx, orgId, id)
    if (!before || before.removed_at) throw notFound('topic')
    if (rule === null && before.hands_on === null) return shown(tx, orgId, before, at)
    await setRule(tx, orgId, id, { rule, at, by: memberId })
    const verb = rule === null ? 'topic.hands-on-no-more' : 'topic.hands-on'
    const facts = { name: before.name, ...(rule ? { rule } : {}) }
    const result = await shown(tx, orgId, await mustFind(tx, orgId, id), at)
    await record(tx, orgId, actor, at, { verb, subject: { kind: 'topic', id }, facts })
    return result
  })

/** Each minute. What is not handed on now, because a process dies, is by the next one. A topic that fails keeps no other one waiting. */
export async function handOnByRules(services: Deps & Pick<Services, 'log'>): Promise<void> {
  const topics = await asSystem(services.db, handingTopics)
  for (const topic of topics)
    await handOnOf(services, topic).catch((error) =>
      services.log.error('What a topic names could not be handed on', { topic: topic.id, error }),
    )
}

const handOnOf = ({ db, clock }: Deps, topic: HandingTopic): Promise<void> =>
  inOrg(db, topic.org_id, async (tx) => {
    const at = clock()
    const { org_id: orgId, id, number, name } = topic
    const rule = handOnRule.parse(topic.hands_on)
    const limit = rule.dailyMost - (await handedOnDay(tx, orgId, id, at))
    if (limit <= 0) return
    const since = new Date(at.getTime() - freshMs)
    const heardSince = await heardForToday(tx, topic, { most: rule.dailyMost, at })
    const asked = { orgId, number, rule, since, heardSince, limit }
    const reason = reasonOf(name, rule)
    const handed = { org_id: orgId, topic_id: id, kind: 'inbox', reason, created_at: at } as const
    const byNobody = { assignee_id: null, account_id: null, anyway: false, created_by: null }
    for (const mentionId of await toHandOn(tx, asked)) {
      const made = await insertHandOn(tx, { ...handed, ...byNobody, mention_id: mentionId })
      // It was handed on meanwhile.
      if (made === null) continue
      const subject = { kind: 'hand-on', id: made }
      const facts = { kind: 'inbox', reason, mentionId, topicId: id }
      await record(tx, orgId, longrunItself, at, { verb: 'mention.handed-on', subject, facts })
    }
  })

/** What was over the number of a day is not handed on in the next one; what nobody looked at in time, because a process was away, is. */
async function heardForToday(
  tx: Tx,
  { org_id: orgId, id, hands_on_since: handsOnSince }: HandingTopic,
  { most, at }: { most: number; at: Date },
): Promise<Date> {
  const began = await dayBegan(tx, orgId, at)
  if (handsOnSince >= began) return handsOnSince
  const dayBefore = await handedOnDay(tx, orgId, id, new Date(began.getTime() - 1))
  return dayBefore >= most ? began : handsOnSince
}
