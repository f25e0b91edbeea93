// Tells people of a promise that is due soon, broken, or broken and not acknowledged: in the app, by mail, and to webhooks by its event.

import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import type { Services } from '../../services.ts'
import { levelNames } from './ladder-people.ts'
import type { StepRow } from './ladder-store.ts'
import type { PromisedConversation } from './store.ts'
import type { PromiseClock } from './timeline.ts'
import type { PromiseMetric } from './types.ts'

const subjects = {
  'due-soon': 'A reply is due soon',
  broken: 'A promise is broken: somebody waits',
  'not-acknowledged': 'A promise is broken and nobody has taken it up',
  'nobody-there': '',
} as const satisfies Record<StepRow['because'], string>

const owed: Record<PromiseMetric, string> = {
  'first-reply': 'A first reply',
  'next-reply': 'A reply',
  'periodic-update': 'An update',
  'requester-wait': 'A solution',
  resolution: 'A solution',
}

interface Telling {
  orgId: string
  conversation: PromisedConversation
  clock: PromiseClock
  step: StepRow
}

const dueOf = ({ brokenAt, dueAt }: PromiseClock): string | null => (brokenAt ?? dueAt)?.toISOString() ?? null

/** In the transaction that writes the step. */
export async function tellClimb(
  tx: Tx,
  services: Pick<Services, 'queue' | 'mailer' | 'clock' | 'publicUrl'>,
  { orgId, conversation, clock, step }: Telling,
): Promise<void> {
  const { id, preview } = conversation
  const { because, told } = step
  const due = dueOf(clock)
  const link = linkTo(services.publicUrl, orgId, `inbox/${id}`)
  const when = `${owed[clock.metric]} ${because === 'due-soon' ? 'is' : 'was'} due at ${due?.slice(0, 16).replace('T', ' ')} UTC.`
  await notify(tx, services, orgId, {
    memberIds: told,
    kind: `promise-${because}`,
    facts: { preview, metric: clock.metric, dueAt: due, level: levelNames[step.level] ?? null },
    subject: { kind: 'conversation', id },
    mail: {
      subject: subjects[because],
      text: `${when}\n\n“${preview}”\n\nOpen it, and say that you have it: ${link}\n`,
    },
  })
}

/** Names nobody outside and nothing that was said: webhooks and the activity page read it. */
export function climbEvent({ id }: PromisedConversation, clock: PromiseClock, step: StepRow): NewEvent {
  const { level, because, told, away } = step
  const facts = { metric: clock.metric, round: clock.round, level: levelNames[level] ?? null, dueAt: dueOf(clock) }
  return {
    verb: because === 'due-soon' ? 'promise.due-soon' : because === 'broken' ? 'promise.broken' : 'promise.climbed',
    subject: { kind: 'conversation', id },
    facts: { ...facts, told, away },
  }
}
