// What rules and triage look at of conversations: their newest words, as they were understood, and what is known of who said them.

import { sql } from 'kysely'
import type { SaidKind, SaidMark } from '../../connectors/converse.ts'
import type { Tx } from '../../db/tx.ts'
import { mentionId } from '../../listening/mentions/identity.ts'
import type { Intent, Sentiment, Understanding } from '../../listening/text/types.ts'
import { makeExplainer } from '../../listening/topics/language/explain.ts'
import { readQuery } from '../../listening/topics/language/rules.ts'
import { postsAbove } from '../causes/store.ts'
import type { RoutingFacts } from './rules.ts'
import type { NamedRule } from './types.ts'

/** What the machine understood, as far as triage asks for it. */
export type Understood = Pick<Understanding, 'sentiment' | 'intents' | 'offensive' | 'crisis'>

export interface Subject {
  id: string
  account_id: string
  network: string
  contact_id: string | null
  is_private: boolean
  conversation_kind: SaidKind
  department_id: string | null
  owner_id: string | null
  owner_left: boolean
  priority: string
  tags: string[]
  verdict: string | null
  waiting_since: Date | null
  reopened: number
  /** The newest that somebody said and that is still there. */
  message_id: string
  remote_id: string
  kind: SaidKind
  subject: string | null
  body: string
  language: string | null
  sentiment: -1 | 0 | 1 | null
  intent: string | null
  marks: SaidMark[]
  author_id: string | null
  followers: number | null
  author_state: string | null
  campaign_id: string | null
  understood: Understood | null
}

/**
 * Of those in which somebody said something that is still there. `among`: not of the newest words but of each of these messages, the oldest
 * first.
 */
export async function subjectRows(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
  among: readonly string[] | null = null,
): Promise<Subject[]> {
  if (ids.length === 0) return []
  const found = await sql<Omit<Subject, 'author_state'>>`
    select c.id, c.account_id, a.connector as network, c.contact_id, c.is_private, c.kind as conversation_kind, c.department_id, c.owner_id,
        c.priority, c.tags, c.verdict, c.waiting_since, c.reopened, o.ended_at is not null as owner_left,
        m.id as message_id, m.remote_id, m.kind, coalesce(m.subject, c.subject) as subject, m.body, m.language, m.sentiment, m.intent, m.marks,
        m.author_id, i.followers, p.campaign_id, t.understood
      from unnest(${[...ids]}::uuid[]) named (id)
        join conversations c on c.org_id = ${orgId} and c.id = named.id
        join accounts a on a.org_id = c.org_id and a.id = c.account_id
        cross join lateral (select * from messages m where m.org_id = c.org_id and m.conversation_id = c.id and not m.is_ours and m.removed_at is null
          ${among ? sql`and m.remote_id = any(${[...among]}::text[]) order by m.at, m.id` : sql`order by m.at desc, m.id desc limit 1`}) m
        left join members o on o.org_id = c.org_id and o.id = c.owner_id
        left join contact_identities i on i.org_id = c.org_id and i.network = a.connector and i.remote_id = m.author_id
        left join conversation_triage t on t.org_id = c.org_id and t.conversation_id = c.id
        left join lateral (select post.campaign_id from ${postsAbove} and post.campaign_id is not null limit 1) p on c.about is not null`.execute(
    tx,
  )
  const states = await authorStates(tx, orgId, found.rows)
  return found.rows.map((row) => ({ ...row, author_state: states.get(authorKey(row) ?? '') ?? null }))
}

type Authored = Pick<Subject, 'network' | 'author_id'>

const authorKey = ({ network, author_id }: Authored): string | null =>
  author_id === null ? null : mentionId(network, author_id)

/** What listening knows of who spoke, by the id that it gives them. */
async function authorStates(tx: Tx, orgId: string, rows: readonly Authored[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((row) => authorKey(row) ?? []))]
  if (ids.length === 0) return new Map()
  const found = await tx
    .selectFrom('authors')
    .select(['id', 'state'])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .execute()
  return new Map(found.map(({ id, state }) => [id, state]))
}

/** How often what a person said was offensive, of what was judged; the last of it. */
export async function offensiveShares(
  tx: Tx,
  orgId: string,
  contactIds: readonly string[],
): Promise<Map<string, { texts: number; offensive: number }>> {
  if (contactIds.length === 0) return new Map()
  const found = await sql<{ id: string; texts: number; offensive: number }>`
    select named.id, count(*)::integer as texts, count(*) filter (where said.offensive)::integer as offensive
      from unnest(${[...new Set(contactIds)]}::uuid[]) named (id)
        cross join lateral (select m.offensive from conversations c join messages m on m.org_id = c.org_id and m.conversation_id = c.id
          where c.org_id = ${orgId} and c.contact_id = named.id and not m.is_ours and m.offensive is not null
          order by m.at desc limit 50) said
      group by named.id`.execute(tx)
  return new Map(found.rows.map(({ id, texts, offensive }) => [id, { texts, offensive }]))
}

export interface AskedTopic {
  id: string
  holds(subject: Subject): boolean
}

/** The topics that conditions of these rules name, ready to be asked of texts. */
export async function topicsOf(tx: Tx, orgId: string, rules: readonly NamedRule[]): Promise<AskedTopic[]> {
  const ids = [...new Set(rules.flatMap(({ rule }) => rule.conditions.topicIds))]
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('topics')
    .select(['id', 'query'])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    .execute()
  return rows.flatMap(({ id, query }) => {
    const reading = readQuery(query)
    if (!reading.ok) return []
    const explain = makeExplainer(reading.query)
    const holds = ({ subject, body, language }: Subject) =>
      explain({
        ...{ kind: 'post', author: null, media: [], links: [], place: null, sources: [] },
        ...{ title: subject, text: body, languages: language === null ? [] : [language] },
      }).matches
    return [{ id, holds }]
  })
}

const sentimentOf: Record<-1 | 0 | 1, Sentiment> = { [-1]: 'negative', 0: 'neutral', 1: 'positive' }

export function routingFactsOf(subject: Subject, topics: readonly AskedTopic[]): RoutingFacts {
  const { intents } = subject.understood ?? { intents: null }
  const likely = intents ? (Object.keys(intents) as Intent[]).filter((each) => intents[each].is) : []
  return {
    ...{ accountId: subject.account_id, saidAs: subject.kind, campaignId: subject.campaign_id },
    intents: likely.length > 0 || subject.intent === null ? likely : [subject.intent as Intent],
    sentiment: subject.sentiment === null ? null : sentimentOf[subject.sentiment],
    language: subject.language,
    text: [subject.subject, subject.body].filter(Boolean).join('\n'),
    topicIds: topics.filter(({ holds }) => holds(subject)).map(({ id }) => id),
    authorState: subject.author_state,
  }
}
