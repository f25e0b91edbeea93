// Sends what is due, letter by letter: on record before the mail server is asked, settled by its word, never sent again in doubt.

import { asSystem } from '../../db/tx.ts'
import { recordAll } from '../../events/actions.ts'
import type { Postman } from '../../lib/postman.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { bounceSubscriber } from './bounces.ts'
import { addressedTo, type Issue, readIssue } from './issue.ts'
import { bounceOf, sendingLeaseMs, settle } from './rules.ts'
import { claimSend, doubtAbandoned, finishLetters, type Send, settleSend } from './store.ts'
import { forgiveBounces } from './store-subscribers.ts'

export type SendServices = Pick<Services, 'db' | 'clock' | 'mailer' | 'config' | 'publicUrl' | 'log'>

/** Lines to the mail server at a time, each with one letter in hand: what a crash leaves in doubt is at most this many. */
const lines = 4
/** A run ends after so long, sooner than a stop of Longrun waits for it. */
const runMs = 8_000

/** Answers whether the run ended before the letters did. */
export async function sendDueLetters(services: SendServices): Promise<boolean> {
  const { db, clock, mailer } = services
  await asSystem(db, (tx) => doubtAbandoned(tx, new Date(clock().getTime() - sendingLeaseMs), clock()))
  if (!mailer.available) return false
  const end = performance.now() + runMs
  const postmen = Array.from({ length: lines }, () => mailer.open())
  const issues = new Map<string, Issue | null>()
  const ended = await Promise.allSettled(postmen.map((postman) => sendUntil(end, services, postman, issues)))
  for (const postman of postmen) postman.close()
  await finish(services)
  const failed = ended.find((line) => line.status === 'rejected')
  if (failed) throw failed.reason
  return ended.some((line) => line.status === 'fulfilled' && line.value)
}

/** Answers whether time ended it. */
async function sendUntil(
  end: number,
  services: SendServices,
  postman: Postman,
  issues: Map<string, Issue | null>,
): Promise<boolean> {
  while (performance.now() < end) {
    const send = await asSystem(services.db, (tx) => claimSend(tx, services.clock()))
    if (!send) return false
    if (send.state === 'left-out') continue
    if (!issues.has(send.key)) issues.set(send.key, await readIssue(services, send.org_id, send.key))
    const issue = issues.get(send.key)
    // Its account was deleted at this moment, and the letter with it.
    if (issue) await sendOne(services, postman, issue, send)
  }
  return true
}

async function sendOne(services: SendServices, postman: Postman, issue: Issue, send: Send): Promise<void> {
  const posting = await postman.post(addressedTo(services, issue, send))
  const now = services.clock()
  const settled = settle(posting, send.tries, now)
  const bounce = bounceOf(posting, settled)
  await asSystem(services.db, async (tx) => {
    // The subscriber comes before the letter, as where somebody is erased.
    if (bounce) await bounceSubscriber(tx, send, bounce, now)
    if (posting.kind === 'accepted') await forgiveBounces(tx, send)
    await settleSend(tx, send, settled, now)
  })
}

async function finish({ db, clock }: SendServices): Promise<void> {
  await asSystem(db, async (tx) => {
    const finished = await finishLetters(tx, clock())
    for (const [orgId, rows] of Map.groupBy(finished, (row) => row.org_id)) {
      const events = rows.map((row) => ({
        verb: 'letter.finished',
        subject: { kind: 'account', id: row.account_id },
        facts: { key: row.key, subject: row.letter.subject },
      }))
      await recordAll(tx, orgId, longrunItself, clock(), events)
    }
  })
}
