// Sends what is due, letter by letter: on record before the mail server is asked, settled by its word, never sent again in doubt.

import { asSystem } from '../../db/tx.ts'
import { recordAll } from '../../events/actions.ts'
import type { Postman } from '../../lib/postman.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { bounceSubscriber } from './bounces.ts'
import { addressedTo, type Issue, readIssue } from './issue.ts'
import { sendingLeaseMs, settle } from './rules.ts'
import { claimSends, doubtAbandoned, finishLetters, type Send, settleSend } from './store.ts'
import { forgiveBounces } from './store-subscribers.ts'

export type SendServices = Pick<Services, 'db' | 'clock' | 'mailer' | 'config' | 'publicUrl' | 'log'>

/** Lines to the mail server at a time, and letters taken at once: what a crash leaves in doubt is at most this many. */
const lines = 4
const batch = 20
/** A run ends after so long; the next minute goes on. */
const runMs = 50_000

/** Answers how many letters were settled. */
export async function sendDueLetters(services: SendServices): Promise<number> {
  const { db, clock, mailer } = services
  const end = performance.now() + runMs
  await asSystem(db, (tx) => doubtAbandoned(tx, new Date(clock().getTime() - sendingLeaseMs), clock()))
  let settled = 0
  if (mailer.available) {
    const postmen = Array.from({ length: lines }, () => mailer.open())
    const issues = new Map<string, Issue>()
    try {
      while (performance.now() < end) {
        const sends = await asSystem(db, (tx) => claimSends(tx, clock(), batch))
        if (sends.length === 0) break
        await Promise.all(postmen.map((postman) => sendSome(services, postman, sends, issues)))
        settled += batch
      }
    } finally {
      for (const postman of postmen) postman.close()
    }
  }
  await finish(services)
  return settled
}

/** Takes letters from the common pile until it is empty. */
async function sendSome(
  services: SendServices,
  postman: Postman,
  pile: Send[],
  issues: Map<string, Issue>,
): Promise<void> {
  for (let send = pile.pop(); send; send = pile.pop()) {
    const issue = issues.get(send.key) ?? (await readIssue(services, send.org_id, send.key))
    issues.set(send.key, issue)
    const posting = await postman.post(addressedTo(services, issue, send))
    const now = services.clock()
    const known = send
    await asSystem(services.db, async (tx) => {
      await settleSend(tx, known, settle(posting, known.tries, now), now)
      if (posting.kind === 'accepted') await forgiveBounces(tx, known.org_id, [known.subscriber_id])
      if (posting.kind === 'refused')
        await bounceSubscriber(
          tx,
          { orgId: known.org_id, subscriberId: known.subscriber_id },
          'hard',
          posting.error,
          now,
        )
    })
  }
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
