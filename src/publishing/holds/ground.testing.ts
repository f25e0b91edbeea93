// What tests of holds share: verbs with everything they need, a campaign, and a connector that can be stopped at any place.

import { aDraft } from '../../../test/world/practice.ts'
import type { Connector } from '../../connectors/contract.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { createMailer } from '../../lib/mail.ts'
import type { Services } from '../../services.ts'
import { account, caller, services } from '../delivery/ground.testing.ts'
import { schedulePost } from '../schedule-post.ts'
import type { Belonging } from '../types.ts'
import { createPost } from '../write-post.ts'
import { beginHold, type HoldServices, type NewHold } from './begin-hold.ts'
import { endHold } from './end-hold.ts'

/** No mail server, so nothing is queued. */
export const holdServices = (): HoldServices & Pick<Services, 'log'> => ({
  ...services,
  publicUrl: 'http://localhost',
  mailer: createMailer({ smtpUrl: null, mailFrom: '' }),
  queue: { send: async () => {}, work: async () => {}, stop: async () => {} },
})

export const begin = (more: Partial<NewHold> = {}) =>
  beginHold(holdServices(), caller, { scope: 'everything', scopeId: null, reason: 'A storm', ends: null, ...more })

export const end = (id: string, missed: 'ask' | 'send' = 'ask', spacingMinutes = 10) =>
  endHold(holdServices(), caller, { id, missed, spacingMinutes })

let count = 0

/** Planned for so many minutes from Longrun's now; 0 is due at once. */
export async function planned(
  minutes: number,
  belonging: Partial<Belonging> = {},
  more: Parameters<typeof aDraft>[1] = {},
) {
  const text = `Planned ${++count} ${crypto.randomUUID()}`
  const content = aDraft(text, more)
  const post = await createPost(services, caller, {
    content,
    variants: [{ accountId: account, content: null }],
    belonging,
  })
  const at = new Date(services.clock().getTime() + minutes * 60_000).toISOString()
  const when =
    minutes === 0 ? ({ kind: 'now' } as const) : ({ kind: 'at', wall: at.slice(0, 19), zone: 'UTC' } as const)
  return { text, post: await schedulePost(services, caller, { id: post.id, when }) }
}

export async function aCampaign(): Promise<string> {
  const id = newId()
  await inOrg(services.db, caller.orgId, (tx) =>
    tx
      .insertInto('campaigns')
      .values({
        org_id: caller.orgId,
        id,
        name: 'Winter sale',
        kind: 'promotion',
        begins_on: '2026-11-01',
        ends_on: '2026-12-31',
        time_zone: 'UTC',
        owner_id: caller.memberId,
        created_by: caller.memberId,
      })
      .execute(),
  )
  return id
}

export interface Gate {
  /** Resolves when somebody stands before it. */
  reached: Promise<void>
  open(): void
  wait(): Promise<void>
}

export function aGate(): Gate {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  return {
    reached: reached.promise,
    open: opened.resolve,
    wait() {
      reached.resolve()
      return opened.promise
    },
  }
}

/** The practice connector with a gate before the work of one part. */
export function gated(place: 'prepare' | 'submit', gate: Gate, position = 0): Connector {
  const connector = createFakeConnector()
  const publish = connector.publish!
  let writes = 0
  return {
    ...connector,
    publish: {
      ...publish,
      async prepare(session, part, key) {
        if (place === 'prepare' && part.position === position) await gate.wait()
        return publish.prepare!(session, part, key)
      },
      async submit(session, prepared, key) {
        if (place === 'submit' && writes++ === position) await gate.wait()
        return publish.submit(session, prepared, key)
      },
    },
  }
}
