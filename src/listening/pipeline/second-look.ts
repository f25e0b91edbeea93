// After storing, the unsure and the important are read once more by the accurate path; what it sees better goes onto the mention and into the counts.
//
// What waits is in memory and bounded. What waited when Longrun ended, in whichever way, is found again by the next start.

import { setTimeout as sleep } from 'node:timers/promises'
import { retried } from '../../db/retry.ts'
import { asSystem } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import { type Lessons, moved } from '../labels/lessons.ts'
import type { MentionKey } from '../mentions/held.ts'
import type { StoredMention } from '../mentions/new-mention.ts'
import { holdMentions, type Relabelled, relabel } from '../mentions/relabel.ts'
import type { Labels } from '../mentions/types.ts'
import type { AccuratePath } from '../text/accurate/path.ts'
import { dueAgain } from './due-again.ts'
import { labeller, readOf, type Said, storedLabels } from './labels.ts'

export interface SecondLook {
  /** Takes what deserves it; never waits. */
  take(stored: readonly StoredMention[]): void
  /** Resolves when nothing waits. */
  idle(): Promise<void>
  /** Ends at once; what waits keeps its labels until the next start. */
  stop(): Promise<void>
}

export interface SecondLookOptions {
  services: Pick<Services, 'db' | 'log'>
  lessonsOf: (orgId: string) => Lessons | undefined
  openPath?: () => Promise<AccuratePath>
  mostWaiting?: number
  /** What was said since then is looked through for what still waits from before; absent: nothing is. */
  since?: Date
}

interface Waiting extends MentionKey {
  said: Said
  /** As they were stored: whoever changed them meanwhile knows better. */
  labels: Labels
}

/** So many texts are a tenth of a second of the thread, and one transaction. */
const lot = 32
const usualMost = 5_000
/** While memory is short nothing is tried for so long. */
const restMs = 30_000

export function startSecondLook({ services, lessonsOf, ...options }: SecondLookOptions): SecondLook {
  const { openPath = openUsual, mostWaiting = usualMost, since } = options
  const left = since ? dueAgain(services.db, { since }) : null
  /** Those that may tell of people in need come first, and of the others the newest. */
  const [important, unsure]: [Waiting[], Waiting[]] = [[], []]
  const ending = new AbortController()
  let path: AccuratePath | null = null
  let working: Promise<void> | null = null

  const work = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const some = [...important.splice(0, lot), ...unsure.splice(-lot)].slice(0, 2 * lot)
      if (some.length === 0) {
        // Comes last: what is said now is wanted now.
        const page = await left?.next()
        if (!page || page.done) return
        unsure.push(...page.value.toReversed())
        continue
      }
      path ??= await openPath()
      const looked = await lookAgain(path, some, lessonsOf)
      if (looked) await retried(() => write(services, looked))
      else {
        // What came before is old when there is memory again.
        unsure.length = 0
        await sleep(restMs, undefined, { signal: ending.signal, ref: false }).catch(() => {})
      }
    }
  }
  const begin = (): void => {
    working ??= work()
      .catch((error) => services.log.warn('A second look at what was heard failed; its labels stay', { error }))
      .finally(() => {
        working = null
        if (important.length + unsure.length > 0 && !ending.signal.aborted) begin()
      })
  }
  if (left) begin()
  return {
    take(stored) {
      for (const { mention, id, at, isNew } of stored) {
        if (!isNew || !mention.secondLook || mention.topics.length === 0) continue
        const { orgId, labels, heard } = mention
        const queue = mention.secondLook === 'important' ? important : unsure
        queue.push({ orgId, id, at, labels, said: heard })
        if (queue.length > mostWaiting) queue.shift()
      }
      if (important.length + unsure.length > 0 && !ending.signal.aborted) begin()
    },
    async idle() {
      while (working) await working
    },
    async stop() {
      ending.abort()
      await path?.stop()
      await working
    },
  }
}

async function openUsual(): Promise<AccuratePath> {
  const { openAccuratePath } = await import('../text/accurate/path.ts')
  return openAccuratePath()
}

interface Looked {
  waiting: Waiting
  labels: Labels
}

/** null: the path is off. */
async function lookAgain(
  path: AccuratePath,
  some: readonly Waiting[],
  lessonsOf: (orgId: string) => Lessons | undefined,
): Promise<Looked[] | null> {
  const { refine } = await import('../text/accurate/path.ts')
  const { understand } = await labeller()
  const texts = some.map(({ said }) => readOf(said))
  const scores = await path.score(texts)
  if (scores === null) return null
  return some.map((waiting, at) => {
    // Lessons were learnt from what the fast path says, so they move that, and not what both say together.
    const fast = moved(understand(waiting.said), lessonsOf(waiting.orgId))
    return { waiting, labels: storedLabels(refine(texts[at]!, fast, scores[at]!, path.head)) }
  })
}

/** Labels by people, and whatever changed since, stay. */
const write = ({ db }: Pick<Services, 'db'>, looked: readonly Looked[]): Promise<void> =>
  asSystem(db, async (tx) => {
    const keyOf = ({ orgId, id }: MentionKey) => `${orgId} ${id}`
    const byKey = new Map(looked.map((each) => [keyOf(each.waiting), each]))
    const held = await holdMentions(
      tx,
      looked.map(({ waiting }) => waiting),
    )
    const changes = held.flatMap((each): Relabelled[] => {
      const { waiting, labels } = byKey.get(keyOf(each))!
      const untouched = each.labelledAt === null && isSame(each.labels, waiting.labels)
      return untouched && !isSame(each.labels, labels) ? [{ held: each, labels, labelledAt: null }] : []
    })
    await relabel(tx, changes)
  })

const isSame = (one: Labels, other: Labels): boolean =>
  (Object.keys(one) as (keyof Labels)[]).every((name) => one[name] === other[name])
