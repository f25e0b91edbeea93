// Learns from texts that two people coded how far the machine's moods are to be moved for one organisation.

import { sql } from 'kysely'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import { mentionAt } from '../mentions/mention-at.ts'
import { labeller } from '../pipeline/labels.ts'
import { type Looked, learnFromLooks, leastLooks } from '../text/corrections.ts'
import { sentiments } from '../text/types.ts'
import { familyOf } from './lessons.ts'
import { type JudgedRow, judgedRows, putLessons } from './store.ts'
import { families } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>

/** Corrections of single mentions teach nothing: people correct what is wrong, and the machine would learn that everything is. */
export async function learnFromCodedTexts(services: Deps, orgId?: string): Promise<void> {
  const orgs = orgId ? [orgId] : await orgsWithSets(services)
  for (const org of orgs) await learnFor(services, org)
}

const orgsWithSets = ({ db }: Deps): Promise<string[]> =>
  asSystem(db, async (tx) => {
    const rows = await tx
      .selectFrom('coding_sets')
      .select('org_id')
      .distinct()
      .where('finished_at', 'is not', null)
      .execute()
    return rows.map(({ org_id }) => org_id)
  })

async function learnFor({ db, clock }: Deps, orgId: string): Promise<void> {
  const texts = await inOrg(db, orgId, async (tx) => {
    const rows = (await judgedRows(tx, orgId, { topic: null })).filter(({ label }) => label === 'sentiment')
    return rows.length < leastLooks ? [] : textsOf(tx, orgId, rows)
  })
  const looks = texts.length === 0 ? [] : await looksOf(texts)
  const now = clock()
  const lessons = families.flatMap((family) => {
    const own = looks.filter((look) => look.family === family)
    if (own.length < leastLooks) return []
    const { adjustment, before, after, used } = learnFromLooks(own, sentiments.length)
    return {
      org_id: orgId,
      family,
      looks: own.length,
      adjustment: JSON.stringify(adjustment),
      right_before: before.right,
      right_after: after.right,
      loss_before: before.loss,
      loss_after: after.loss,
      used,
      learnt_at: now,
    }
  })
  await inOrg(db, orgId, (tx) => putLessons(tx, orgId, lessons))
}

interface CodedText {
  title: string | null
  text: string
  language: string
  people: string
  weight: number
}

/** Of those whose words are still there. */
async function textsOf(tx: Tx, orgId: string, rows: readonly JudgedRow[]): Promise<CodedText[]> {
  const found = await sql<CodedText>`
    select m.title, m.body as text, m.language, k.people, k.weight
      from unnest(${rows.map((row) => row.mention_at)}::timestamptz[], ${rows.map((row) => row.mention_id)}::uuid[],
        ${rows.map(({ people }) => people)}::text[], ${rows.map(({ weight }) => weight)}::real[]) k (at, id, people, weight)
      cross join ${mentionAt(orgId, sql`k.at`, sql`k.id`)} m order by m.id`.execute(tx)
  return found.rows
}

async function looksOf(texts: readonly CodedText[]): Promise<(Looked & { family: (typeof families)[number] })[]> {
  const { understand } = await labeller()
  return texts.map(({ title, text, language, people, weight }) => {
    const understood = understand({ title, text, languages: language === 'und' ? [] : [language] })
    return {
      family: familyOf(understood.language),
      shares: understood.sentiment.shares,
      label: sentiments.indexOf(wordOf[people]!),
      weight,
    }
  })
}

const wordOf: Record<string, (typeof sentiments)[number]> = { '-1': 'negative', '0': 'neutral', '1': 'positive' }
