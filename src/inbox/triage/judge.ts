// Judges conversations by what is new in them: the pure rules of triage, asked with what is stored.

import type { Tx } from '../../db/tx.ts'
import { offensiveShares, type Subject, subjectRows, type Understood } from '../routing/subjects.ts'
import { assess, type TriageFacts } from './rules.ts'
import { type Judged, type TriageRow, triageRows, unansweredDangers, writeTriage } from './store.ts'

/** From so many followers on somebody is heard by many. */
const manyFollowers = 10_000
const isOfListening: ReadonlySet<string> = new Set([
  'checked',
  'approach-decided',
  'in-contact',
  'advocate',
  'critic-followed',
])

export interface Arriving {
  /** What the machine understood of a message just now; undefined: it is not of now. */
  understoodOf: (remoteId: string) => Understood | null | undefined
  /** All that was said or changed just now, the newest words and those before them. */
  news: readonly string[]
  /** Conversations that were over until now. */
  reopened: readonly string[]
  now: Date
}

/**
 * By their newest words. Danger is looked for in all that is new, and stands, whatever is said after it, until somebody of ours answered or said
 * that this is none.
 */
export async function judge(
  tx: Tx,
  orgId: string,
  subjects: readonly Subject[],
  { understoodOf, news, reopened, now }: Arriving,
): Promise<void> {
  const ids = subjects.map(({ id }) => id)
  const before = await triageRows(tx, orgId, ids)
  const hidden = news.filter((id) => isDanger(understoodOf(id)) && !subjects.some((each) => each.remote_id === id))
  const earlier = hidden.length > 0 ? await subjectRows(tx, orgId, ids, hidden) : []
  const asked = [...earlier, ...subjects].flatMap((subject): [Subject, Understood | null][] => {
    const fresh = understoodOf(subject.remote_id)
    if (fresh === undefined && before.has(subject.id)) return []
    return [[subject, fresh ?? null]]
  })
  const shares = await sharesOf(tx, orgId, asked)
  const standing = await unansweredDangers(
    tx,
    orgId,
    [...before.values()].filter(({ kind, conversation_id: id }) => kind === 'danger' && !reopened.includes(id)),
  )
  const judged = asked.map(([subject, understood]): Judged => {
    const answers = answersFor(understood, before.get(subject.id)?.answers ?? {})
    return { id: subject.id, understood, triage: assess(factsOf(subject, { understood, answers, shares })) }
  })
  const chosen = [...Map.groupBy(judged, ({ id }) => id)].flatMap(([id, each]) => {
    const stands = standing.has(id) ? (before.get(id) ?? null) : null
    const found = weightiest(each, stands)
    return found ? [{ ...found, isAnother: stands === null }] : []
  })
  await writeTriage(tx, orgId, chosen, now)
}

/** That something was no danger was said of the words until then: it does not silence what comes after it. */
function answersFor(understood: Understood | null, answers: TriageFacts['answers']): TriageFacts['answers'] {
  if (answers.danger !== false || !isDanger(understood)) return answers
  const { danger: _danger, ...others } = answers
  return others
}

const isDanger = (understood: Understood | null | undefined): boolean => understood?.crisis?.is === true

const dangerOf = ({ understood }: { understood: Understood | null }): number => understood?.crisis?.probability ?? 0

/** The strongest danger, or else the newest words. null: what stands goes on to stand. */
export function weightiest<Words extends Pick<Judged, 'triage' | 'understood'>>(
  judged: readonly Words[],
  stands: Pick<TriageRow, 'understood'> | null,
): Words | null {
  const dangers = judged.filter(({ triage }) => triage.kind === 'danger')
  const strongest = dangers.toSorted((a, b) => dangerOf(b) - dangerOf(a))[0]
  if (stands === null) return strongest ?? judged.at(-1) ?? null
  return strongest && dangerOf(strongest) > dangerOf(stands) ? strongest : null
}

/** Asked only of those who are offensive now: nobody else can be taken for a troll. */
const sharesOf = (tx: Tx, orgId: string, asked: readonly [Subject, Understood | null][]) =>
  offensiveShares(
    tx,
    orgId,
    asked.flatMap(([{ contact_id }, understood]) => (contact_id && understood?.offensive?.is ? [contact_id] : [])),
  )

export async function judgeAgain(
  tx: Tx,
  orgId: string,
  subject: Subject,
  { answers, by, now }: { answers: TriageFacts['answers']; by: string; now: Date },
): Promise<void> {
  const understood = subject.understood
  const shares = await sharesOf(tx, orgId, [[subject, understood]])
  const triage = assess(factsOf(subject, { understood, answers, shares }))
  await writeTriage(tx, orgId, [{ id: subject.id, understood, triage, answered: { answers, by } }], now)
}

interface Beside {
  understood: Understood | null
  answers: TriageFacts['answers']
  shares: ReadonlyMap<string, { texts: number; offensive: number }>
}

function factsOf(subject: Subject, { understood, answers, shares }: Beside): TriageFacts {
  const { texts, offensive } = shares.get(subject.contact_id ?? '') ?? { texts: 0, offensive: 0 }
  const state = subject.author_state
  return {
    ...{ answers, understood, isPrivate: subject.is_private, marks: subject.marks },
    // A quote is said about us, to others.
    isToUs: subject.kind !== 'quote',
    author: {
      // Those before this one.
      texts: Math.max(0, texts - 1),
      offensive: Math.max(0, offensive - 1),
      isHeard: (subject.followers ?? 0) >= manyFollowers || (state !== null && isOfListening.has(state)),
      doNotContact: state === 'do-not-contact',
    },
  }
}
