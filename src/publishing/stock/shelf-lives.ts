// Half-lives by channel and kind: public figures of the connectors, bent to the sector, and what an organisation set itself.

import type { z } from 'zod'
import { withoutAccount } from '../../accounts/session.ts'
import { type ContentKind, contentKinds } from '../../connectors/contract.ts'
import { connectors, findConnector } from '../../connectors/registry.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { shelfLifeLine } from './contract.ts'
import { halfLifeOf } from './rules.ts'
import { keepLife, type OwnLife, ownLives, settingsOf } from './store.ts'

type Line = z.infer<typeof shelfLifeLine>

export type HalfLives = (connector: string, kind: ContentKind) => number | null

/** What counts in this organisation. */
export async function halfLivesOf(tx: Tx, orgId: string): Promise<HalfLives> {
  const [own, { sectorFactor }] = [byConnector(await ownLives(tx, orgId)), await settingsOf(tx, orgId)]
  return (connector, kind) =>
    halfLifeOf(kind, own.get(connector) ?? {}, findConnector(connector)?.shelfLife ?? [], sectorFactor)
}

function byConnector(lives: OwnLife[]): Map<string, Partial<Record<ContentKind, number>>> {
  const own = new Map<string, Partial<Record<ContentKind, number>>>()
  for (const { connector, kind, half_life_minutes } of lives)
    own.set(connector, { ...own.get(connector), [kind]: half_life_minutes })
  return own
}

export const shelfLives = (services: Pick<Services, 'db'>, caller: Caller): Promise<Line[]> =>
  inOrg(services.db, caller.orgId, (tx) => linesOf(tx, caller.orgId))

/** Channels on which something can be published: those the organisation has accounts on, each with every kind. */
async function linesOf(tx: Tx, orgId: string): Promise<Line[]> {
  const accounts = await tx
    .selectFrom('accounts')
    .select('connector')
    .distinct()
    .where('org_id', '=', orgId)
    .where('auth_method', '<>', withoutAccount)
    .execute()
  const here = new Set(accounts.map((row) => row.connector))
  const own = byConnector(await ownLives(tx, orgId))
  const used = await halfLivesOf(tx, orgId)
  return connectors
    .filter(({ id, publish }) => publish && here.has(id))
    .flatMap(({ id, shelfLife = [] }) =>
      contentKinds.map((kind) => {
        const prior = shelfLife.find((each) => each.kind === kind) ?? shelfLife.find((each) => each.kind === 'post')
        return {
          ...{ connector: id, kind, defaultMinutes: prior?.halfLifeMinutes ?? null, source: prior?.source ?? null },
          ...{ ownMinutes: own.get(id)?.[kind] ?? null, usedMinutes: used(id, kind) },
        }
      }),
    )
}

export function setShelfLife(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { connector, kind, minutes }: { connector: string; kind: ContentKind; minutes: number | null },
): Promise<Line[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    if (!findConnector(connector)?.publish) throw notFound('channel')
    const at = services.clock()
    await keepLife(tx, caller.orgId, { connector, kind, minutes, by: caller.memberId, at })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'shelf-life.set',
      subject: { kind: 'organisation', id: caller.orgId },
      facts: { connector, kind, minutes },
    })
    return linesOf(tx, caller.orgId)
  })
}
