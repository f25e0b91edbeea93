// What an organisation wants of its content: how much may be recycled, when to warn, how fast its sector forgets.

import { inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { keepSettings, settingsOf } from './store.ts'
import type { ContentSettings } from './types.ts'

export function changeSettings(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { recycledLimit, stockDays, materialDays, sectorFactor }: Partial<ContentSettings>,
): Promise<ContentSettings> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const before = await settingsOf(tx, caller.orgId)
    await keepSettings(tx, caller.orgId, { recycledLimit, stockDays, materialDays, sectorFactor })
    const settings = await settingsOf(tx, caller.orgId)
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'content-settings.changed',
      subject: { kind: 'organisation', id: caller.orgId },
      facts: { from: before, to: settings },
    })
    return settings
  })
}
