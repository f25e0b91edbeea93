// One race after the other: a due post, two workers, people who interfere; then the network's side is compared with what they were told.

import { sql } from 'kysely'
import { createFakeConnector } from '../../src/connectors/fake/index.ts'
import { asSystem, type Db } from '../../src/db/tx.ts'
import { newId } from '../../src/lib/ids.ts'
import { claimDue } from '../../src/publishing/delivery/claim.ts'
import { openLedger } from '../../src/publishing/delivery/ledger.ts'
import { type Delivery, workOn } from '../../src/publishing/delivery/work.ts'
import { endHold } from '../../src/publishing/holds/end-hold.ts'
import { contentHash } from '../../src/publishing/keys.ts'
import { seeded } from '../chaos/random.ts'
import { judgeRun, type Violation } from './judge.ts'
import { type Folk, takeStep } from './people.ts'
import { drawRun, type Run } from './plan.ts'
import { createSchedule, pass, type Schedule, watchStatements } from './schedule.ts'
import { clear, listen, type Scene, type Stage, setScene, setStage } from './stage.ts'

/** A protection that is taken out, to show that the judge sees what it protects from. */
export type Without = 'holds' | 'fence' | 'consent'

interface Removal {
  /** Statements from which it is taken out. */
  from: RegExp
  words: RegExp
  instead: string
}

const permission = /^\s*with wanted as/

const removed: Record<Without, Removal[]> = {
  holds: [
    {
      from: permission,
      words: /(and \(not exists[^)]*\) or binding_hold\(.+?\) is null)\)/,
      instead: '$1 or true)',
    },
  ],
  fence: [
    {
      from: permission,
      words: /(v\.worker_id = w\.worker and v\.revision = w\.revision and v\.lease_until > \$\d+)/,
      instead: '($1 or true)',
    },
  ],
  // It is looked at twice: by who takes a post, and by who permits the write.
  consent: [
    {
      from: permission,
      words: /(and \(not v\.needs_approval or v\.approved_hash = v\.content_hash)\)/,
      instead: '$1 or true)',
    },
    {
      from: /^\s*select v\.org_id[\s\S]*for update of v skip locked$/,
      words: /v\.needs_approval,/,
      instead: 'false as needs_approval,',
    },
  ],
}

export interface RaceOptions {
  runs: number
  seed: number
  without?: Without | null
  /** Only this one. */
  only?: number | null
  /** Of all that the seed draws only these. */
  where?(run: Run): boolean
  /** Ends with the first violation. */
  untilOne?: boolean
  tell?(line: string): void
}

export interface Results {
  runs: number
  violations: Violation[]
  /** How many different orders of statements, calls and requests were reached. */
  orders: number
  /** The same, looking only at what decides: permissions, commits, requests. */
  decisive: number
  arrivals: number
  deeds: Map<string, { ok: number; refused: number }>
  ends: Map<string, number>
}

export async function race(
  db: Db,
  { runs, seed, without = null, only = null, where = () => true, untilOne = false, tell = () => {} }: RaceOptions,
): Promise<Results> {
  const stage = await setStage(db)
  const unwatch = watchStatements(without ? (text) => withoutWords(text, without) : undefined)
  const results: Results = {
    runs: 0,
    violations: [],
    orders: 0,
    decisive: 0,
    arrivals: 0,
    deeds: new Map(),
    ends: new Map(),
  }
  const [orders, decisive] = [new Set<string>(), new Set<string>()]
  try {
    for (let index = 0; index < runs; index++) {
      if (only !== null && index !== only) continue
      if (untilOne && results.violations.length > 0) break
      const run = drawRun(seed, index)
      if (!where(run)) continue
      const { trace, violations, folk, states } = await runOne(stage, run)
      results.runs++
      results.violations.push(...violations)
      results.arrivals += stage.arrivals.length
      orders.add(trace.join('\n'))
      decisive.add(trace.filter((line) => deciding.test(line)).join('\n'))
      count(results, folk, states)
      if (violations.length > 0 || only !== null) tell(`run ${index}: ${JSON.stringify(violations)}`)
      if (only !== null) tell(`${trace.join('\n')}\n${JSON.stringify(folk.deeds, null, 1)}`)
      if ((index + 1) % 100 === 0)
        tell(`${index + 1} runs, ${decisive.size} orders, ${results.violations.length} violations`)
    }
  } finally {
    unwatch()
    await stage.stop()
  }
  return { ...results, orders: orders.size, decisive: decisive.size }
}

const deciding = /permit the write|request POST|commit|take$/

/** @throws where the words are not those of the product any more: then nothing would be taken out. */
function withoutWords(text: string, without: Without): string {
  const removal = removed[without].find(({ from }) => from.test(text))
  if (!removal) return text
  if (!removal.words.test(text)) throw new Error(`The statement has no words of ${without} any more: ${text}`)
  return text.replace(removal.words, removal.instead)
}

async function runOne(stage: Stage, run: Run) {
  await clear(stage.services.db)
  const scene = await setScene(stage, run)
  listen(stage, run)
  const random = seeded(run.seed ^ 0x5bd1e995)
  const schedule = createSchedule(random, (pids) => waitForLocks(stage.services.db, pids))
  stage.schedule = schedule
  const folk: Folk = { stage, scene, run, schedule, deeds: [], active: [], edits: 0 }
  if (run.heldBefore) await takeStep({ ...folk, run: { ...run, holdOf: run.heldBefore } }, 'begin-hold')
  for (const name of ['worker A', 'worker B']) schedule.act(name, () => deliver(stage))
  for (const [which, steps] of run.people.entries())
    schedule.act(`person ${which + 1}`, async () => {
      for (const step of steps) await takeStep(folk, step)
    })
  if (run.jumps.length > 0)
    schedule.act('clock', async () => {
      for (let wait = random.whole(3, 40); wait > 0; wait--) await pass('ticks')
      stage.moved.ms += run.jumps[0]! * 1000
    })
  await schedule.conduct()
  await settle(stage, scene, folk, schedule)
  const { violations, states } = await verdict(stage, run, scene, folk)
  stage.schedule = null
  return { trace: schedule.trace, violations, folk, states }
}

async function waitForLocks(db: Db, pids: number[]): Promise<boolean> {
  const found = await sql<{ waiting: boolean }>`
    select coalesce(bool_and(cardinality(pg_blocking_pids(pid)) > 0), true) as waiting from unnest(${pids}::int[]) pid`.execute(
    db,
  )
  return found.rows[0]!.waiting
}

/** What the worker's loop does, a few times: claim what is due, carry it as far as it goes. */
async function deliver(stage: Stage, rounds = 3): Promise<void> {
  const { services } = stage
  const delivery = deliveryOf(stage)
  const workerId = newId()
  for (let round = 0; round < rounds; round++) {
    const { claimed } = await asSystem(services.db, (tx) =>
      claimDue(tx, { workerId, now: services.clock(), limit: 4, inHand: [], settleSeconds: () => 1 }),
    )
    await Promise.all(claimed.map((each) => workOn(delivery, each)))
  }
}

function deliveryOf({ services }: Stage): Delivery {
  const connector = createFakeConnector()
  const publish = connector.publish!
  const watched: NonNullable<typeof connector.publish> = {
    ...publish,
    async prepare(session, part, key) {
      await pass('prepare')
      return publish.prepare!(session, part, key)
    },
    async submit(session, prepared, key) {
      await pass('submit')
      return publish.submit(session, prepared, key)
    },
  }
  return {
    services,
    ledger: openLedger(services.db, services.clock),
    connectorOf: () => ({ ...connector, publish: watched }),
    media: () => Promise.reject(new Error('no files here')),
    signal: new AbortController().signal,
  }
}

/** Afterwards everything that is still in the air comes down: leases and waits pass, look-ups are made. Holds still hold. */
async function settle(stage: Stage, { caller }: Scene, folk: Folk, schedule: Schedule): Promise<void> {
  for (let round = 0; round < 3; round++) {
    stage.moved.ms += 66_000
    schedule.act(`afterwards ${round + 1}`, () => deliver(stage, 2))
    await schedule.conduct()
  }
  if (folk.run.index % 4 !== 0) return
  // Of every fourth run the holds are ended too, so that what they stopped is seen to go on.
  for (const id of folk.active.splice(0)) {
    const deed = { step: 'end-hold' as const, said: schedule.tick(), answered: 0, ok: true, variants: [], ended: id }
    await endHold(stage.services, caller, { id, missed: 'send', spacingMinutes: 0 })
    folk.deeds.push({ ...deed, answered: schedule.tick() })
  }
  schedule.act('after the holds', () => deliver(stage, 3))
  await schedule.conduct()
}

async function verdict(stage: Stage, run: Run, scene: Scene, folk: Folk) {
  const rows = await asSystem(stage.services.db, (tx) =>
    sql<{ id: string; state: string; account_id: string; content_hash: string | null; content: never }>`
      select v.id, v.state, v.account_id, v.content_hash, coalesce(v.frozen, v.content, p.content) as content
      from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id where v.post_id = ${scene.postId}`.execute(
      tx,
    ),
  )
  const there = new Map<string, number>()
  const own = stage.network.posts().filter(({ text }) => text.startsWith(`race ${run.index} `))
  for (const post of own) {
    const name = `${post.author} ${post.text}`
    there.set(name, (there.get(name) ?? 0) + 1)
  }
  const standing = rows.rows.map(({ id, state, account_id, content, content_hash }) => ({
    ...{ id, state, contentHash: content_hash },
    hash: contentHash(content, account_id),
  }))
  const violations = judgeRun({ run, scene, deeds: folk.deeds, arrivals: stage.arrivals, there, standing })
  return { violations, states: standing.map(({ state }) => state) }
}

function count(results: Results, { deeds }: Folk, states: string[]): void {
  for (const { step, ok } of deeds) {
    const known = results.deeds.get(step) ?? { ok: 0, refused: 0 }
    results.deeds.set(step, ok ? { ...known, ok: known.ok + 1 } : { ...known, refused: known.refused + 1 })
  }
  for (const state of states) results.ends.set(state, (results.ends.get(state) ?? 0) + 1)
}
