// How often the machine is right here, and the switch of what was learnt from people.

import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { leastLooks } from '../text/corrections.ts'
import { topicNumber } from '../topics/store.ts'
import { type Accuracy, accuracyOf, accuracySentence } from './rules.ts'
import { countAdHoc, judgedRows, lessonRows, lessonsOffSince, putLessonsOff } from './store.ts'
import { type Codable, codable, type Family } from './types.ts'

type AccuracyShown = Accuracy & { sentence: string }

/** @throws Refusal `not-found` where the topic is not one of the organisation. */
export const readAccuracy = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { topic }: { topic?: string | undefined },
) =>
  inOrg(db, orgId, async (tx) => {
    const number = topic === undefined ? null : await topicNumber(tx, orgId, topic)
    const rows = await judgedRows(tx, orgId, { topic: number })
    const figures = codable.map((label): [Codable, AccuracyShown] => {
      const own = rows.filter((row) => row.label === label)
      const accuracy = accuracyOf(own.map(({ machine, people, weight }) => ({ right: machine === people, weight })))
      return [label, { ...accuracy, sentence: accuracySentence(accuracy) }]
    })
    return {
      ...(Object.fromEntries(figures) as Record<Codable, AccuracyShown>),
      adHoc: await countAdHoc(tx, orgId),
    }
  })

export const readLessons = ({ db }: Pick<Services, 'db'>, { orgId }: Caller) =>
  inOrg(db, orgId, (tx) => lessonsShown(tx, orgId))

interface Moved {
  slope: number
  shifts: number[]
}

async function lessonsShown(tx: Tx, orgId: string) {
  const rows = await lessonRows(tx, orgId)
  return {
    off: (await lessonsOffSince(tx, orgId)) !== null,
    least: leastLooks,
    lessons: rows.map((row) => {
      const { slope, shifts } = row.adjustment as unknown as Moved
      const [negative, neutral, positive] = shifts as [number, number, number]
      return {
        family: row.family as Family,
        looks: row.looks,
        used: row.used,
        right: { before: row.right_before, after: row.right_after },
        slope,
        shifts: { negative, neutral, positive },
        learntAt: row.learnt_at.toISOString(),
      }
    }),
  }
}

/** As it is already: nothing happens. */
export const useLessons = ({ db, clock }: Pick<Services, 'db' | 'clock'>, caller: Caller, { off }: { off: boolean }) =>
  inOrg(db, caller.orgId, async (tx) => {
    const now = clock()
    const before = await lessonsOffSince(tx, caller.orgId)
    if ((before !== null) !== off) {
      await putLessonsOff(tx, caller.orgId, { offAt: off ? now : null, at: now, by: caller.memberId })
      await record(tx, caller.orgId, caller.actor, now, {
        verb: off ? 'label-lessons.turned-off' : 'label-lessons.turned-on',
        subject: { kind: 'organisation', id: caller.orgId },
      })
    }
    return lessonsShown(tx, caller.orgId)
  })
