// Judges conversations by their newest words: the pure rules of triage, asked with what is stored.

import type { Tx } from '../../db/tx.ts'
import { offensiveShares, type Subject, type Understood } from '../routing/subjects.ts'
import { assess, type TriageFacts } from './rules.ts'
import { type Judged, triageRows, writeTriage } from './store.ts'

/** From so many followers on somebody is heard by many. */
const manyFollowers = 10_000
const isOfListening: ReadonlySet<string> = new Set([
  'checked',
  'approach-decided',
  'in-contact',
  'advocate',
  'critic-followed',
])

/** @param understoodOf What the machine understood of a message just now; undefined: it is not of now. */
export async function judge(
  tx: Tx,
  orgId: string,
  subjects: readonly Subject[],
  { understoodOf, now }: { understoodOf: (remoteId: string) => Understood | null | undefined; now: Date },
): Promise<void> {
  const before = await triageRows(
    tx,
    orgId,
    subjects.map(({ id }) => id),
  )
  const asked = subjects.flatMap((subject): [Subject, Understood | null][] => {
    const fresh = understoodOf(subject.remote_id)
    if (fresh === undefined && before.has(subject.id)) return []
    return [[subject, fresh ?? null]]
  })
  const shares = await sharesOf(tx, orgId, asked)
  const judged = asked.map(([subject, understood]): Judged => {
    const answers = before.get(subject.id)?.answers ?? {}
    return { id: subject.id, understood, triage: assess(factsOf(subject, { understood, answers, shares })) }
  })
  await writeTriage(tx, orgId, judged, now)
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
