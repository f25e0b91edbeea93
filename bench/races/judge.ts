// Judges by what the network saw and what people were told: nothing that was stopped arrives after the answer, nothing that nobody wanted.

import type { Deed } from './people.ts'
import type { HoldOf, Run } from './plan.ts'
import { type Arrival, partText, type Scene } from './stage.ts'

export type Kind = 'stopped' | 'words' | 'consent' | 'double' | 'standing'

export interface Violation {
  run: number
  kind: Kind
  what: string
}

export interface Facts {
  run: Run
  scene: Scene
  deeds: Deed[]
  arrivals: Arrival[]
  /** Texts that are at the network in the end, with how often, an account. */
  there: Map<string, number>
  standing: { id: string; state: string; hash: string | null; contentHash: string | null }[]
}

export function judgeRun(facts: Facts): Violation[] {
  const { run } = facts
  const found = facts.arrivals.flatMap((arrival) => [
    ...stoppedBefore(facts, arrival),
    ...otherWords(facts, arrival),
    ...withoutConsent(facts, arrival),
  ])
  for (const [text, times] of facts.there)
    if (times > 1) found.push({ kind: 'double', what: `“${text}” is there ${times} times on one account` })
  for (const { id, state, hash, contentHash } of facts.standing) {
    if (state === 'published' && hash !== contentHash)
      found.push({ kind: 'words', what: `${id} is published with other words than were scheduled` })
    if (state === 'sending') found.push({ kind: 'standing', what: `${id} stays in a worker's hands` })
  }
  return found.map((each) => ({ run: run.index, ...each }))
}

type Found = Omit<Violation, 'run'>

/** Steps after which a post may go out again; they count when they could have come after what stopped it. */
const lets: Record<string, readonly Deed['step'][]> = {
  hold: ['release', 'move-now', 'move-ahead', 'end-hold'],
  cancel: ['move-now', 'move-ahead', 'end-hold'],
  delete: [],
  'move-ahead': ['move-now', 'end-hold', 'release'],
}

function stoppedBefore({ run, scene, deeds }: Facts, arrival: Arrival): Found[] {
  return deeds.flatMap((stop) => {
    if (!stop.ok || stop.answered > arrival.at) return []
    const couldFollow = (deed: Deed) => deed !== stop && deed.ok && deed.answered > stop.said && deed.said < arrival.at
    if (stop.hold) {
      if (!bindsAll(stop.hold.of, run, scene, deeds, stop)) return []
      // Written before anybody could stop it, and named as such.
      if (stop.hold.underWay.length > 0 && arrival.permitted < stop.answered) return []
      const ended = deeds.some((deed) => couldFollow(deed) && deed.ended === stop.hold!.id)
      return ended ? [] : [late(stop, arrival, `a hold of ${stop.hold.of}`)]
    }
    const allowed = lets[stop.step]
    if (!allowed) return []
    // With two accounts only those that it could still stop are meant; the others may be out already.
    if (stop.variants.length < run.accounts) return []
    return deeds.some((deed) => couldFollow(deed) && allowed.includes(deed.step))
      ? []
      : [late(stop, arrival, stop.step)]
  })
}

const late = (stop: Deed, arrival: Arrival, name: string): Found => ({
  kind: 'stopped',
  what: `“${arrival.text}” arrived at ${arrival.at} (permitted at ${arrival.permitted}), after the answer to ${name} at ${stop.answered}`,
})

/** Whether a hold certainly binds every variant of the post from its answer on. */
function bindsAll(of: HoldOf, run: Run, scene: Scene, deeds: Deed[], stop: Deed): boolean {
  if (of === 'everything' || of === 'department') return true
  if (of === 'account') return scene.accountIds.length === 1
  return run.inCampaign || deeds.some((deed) => deed.step === 'assign' && deed.ok && deed.answered < stop.said)
}

/** Old words never arrive once the answer to an edit has been given. */
function otherWords({ run, scene, deeds }: Facts, arrival: Arrival): Found[] {
  const versions = [{ text: scene.text, revision: 1, answered: 0 }, ...deeds.flatMap(versionOf)]
  const known = versions.find(({ text }) => partsOf(text, run).includes(arrival.text))
  if (!known) return [{ kind: 'words', what: `“${arrival.text}” was never written` }]
  const newer = versions.find(({ revision, answered }) => revision > known.revision && answered < arrival.at)
  return newer
    ? [{ kind: 'words', what: `“${arrival.text}” arrived after the answer that it says “${newer.text}” now` }]
    : []
}

const versionOf = ({ ok, text, revision, answered }: Deed) =>
  ok && text && revision ? [{ text, revision, answered }] : []

const partsOf = (text: string, { parts }: Run): string[] =>
  Array.from({ length: parts }, (_, part) => partText(text, part))

/** Refused, or one more person is asked; with two accounts only what certainly concerns both is judged. */
const voidsConsent = ({ step, variants }: Deed, { accounts }: Run): boolean =>
  step === 'refuse' || (step === 'another-lane' && variants.length === accounts)

/** What needs consent arrives only with a consent to exactly these words, after whatever had ended an earlier one. */
function withoutConsent({ run, scene, deeds }: Facts, arrival: Arrival): Found[] {
  if (!run.needsConsent) return []
  const atFirst = run.consented && partsOf(scene.text, run).includes(arrival.text)
  const given = deeds.filter(
    ({ step, ok, said, texts }) => step === 'consent' && ok && said < arrival.at && texts!.includes(arrival.text),
  )
  if (given.length === 0 && !atFirst)
    return [{ kind: 'consent', what: `“${arrival.text}” arrived, and nobody had consented to these words` }]
  const voids = deeds.filter((deed) => deed.ok && deed.answered < arrival.permitted && voidsConsent(deed, run))
  const stands = voids.every((back) => given.some((deed) => deed.answered > back.said))
  return stands ? [] : [{ kind: 'consent', what: `“${arrival.text}” was permitted after its consent had ended` }]
}
