// Reads campaigns: the list with its filters and pages, one of them, its results and its closing reports.

import { z } from 'zod'
import { inOrg } from '../../db/tx.ts'
import { readCursor, writeCursor } from '../../lib/paging.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { campaignLine, campaignView } from './contract.ts'
import { readResults } from './results.ts'
import { type CampaignFilter, findCampaign, listRows, readReports } from './store.ts'
import type { CampaignResults } from './types.ts'
import { campaignViewOf, linesOf } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>

const place = z.tuple([z.string().max(500), z.uuid()])

export function listCampaigns(
  services: Deps,
  caller: Caller,
  given: Omit<CampaignFilter, 'after'> & { cursor?: string },
): Promise<{ items: z.infer<typeof campaignLine>[]; nextCursor: string | null }> {
  const after = readCursor(given.cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const now = services.clock()
    const rows = await listRows(tx, caller.orgId, { ...given, after, limit: given.limit + 1 }, now)
    const shown = rows.slice(0, given.limit)
    const last = shown.at(-1)
    return {
      items: await linesOf(tx, caller.orgId, shown, now),
      nextCursor: rows.length > given.limit && last ? writeCursor([last.key, last.id]) : null,
    }
  })
}

export function readCampaign(services: Deps, caller: Caller, id: string): Promise<z.infer<typeof campaignView>> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await findCampaign(tx, caller.orgId, id)
    if (!found) throw notFound('campaign')
    return campaignViewOf(tx, found, services.clock())
  })
}

export function resultsOfCampaign(services: Deps, caller: Caller, id: string): Promise<CampaignResults> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await findCampaign(tx, caller.orgId, id)
    if (!found) throw notFound('campaign')
    return readResults(tx, found)
  })
}

export function reportsOfCampaign(
  services: Deps,
  caller: Caller,
  id: string,
): Promise<{ id: string; madeAt: string; report: CampaignResults }[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    if (!(await findCampaign(tx, caller.orgId, id))) throw notFound('campaign')
    return (await readReports(tx, caller.orgId, id)).map((row) => ({
      id: row.id,
      madeAt: row.made_at.toISOString(),
      report: row.report,
    }))
  })
}
