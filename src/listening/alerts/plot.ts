// The day around an alert: what was counted in each window, beside what is expected there.

import type { Tx } from '../../db/tx.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { bandOf, expectedOf } from '../spikes/expectation.ts'
import { type SpikeSettings, settingsOf } from '../spikes/settings.ts'
import { hearingOf } from './hearing.ts'
import { hearingRows, minuteRows } from './store-detectors.ts'
import { detectorState, profileOf, type ShownAlert } from './store-views.ts'
import { hearingSource } from './watch-spikes.ts'

const minuteMs = 60_000
const stepMs = 5 * minuteMs
const beforeMs = 18 * 60 * minuteMs
const afterMs = 6 * 60 * minuteMs

export async function readPlot(tx: Tx, orgId: string, alert: ShownAlert) {
  const zone = await readOrganisationZone(tx, orgId)
  const profile = await profileOf(tx, orgId, alert.topic_id)
  const settings = settingsOf(profile === 'off' ? 'standard' : profile, zone)
  const state = await detectorState(tx, orgId, alert)
  const middle = Math.floor(alert.at.getTime() / stepMs) * stepMs
  const end = Math.min(middle + afterMs, state?.ring.end ?? middle)
  const begin = middle - beforeMs
  const rows = await minuteRows(tx, orgId, alert, {
    from: new Date(begin - settings.windowMinutes * minuteMs),
    to: new Date(end),
  })
  const byMinute = new Map(rows.map(({ at, total }) => [at.getTime(), total]))
  const heard = await heardThen(tx, orgId, alert)
  const plot = []
  for (let at = begin; at <= end; at += stepMs) {
    const band =
      state && state.learned.visits > 0 ? bandOf(expectedOf(state.learned, at, settings.windowMinutes, settings)) : null
    plot.push({
      at: new Date(at).toISOString(),
      count: countBefore(at, settings, { byMinute, heard }),
      low: band?.low ?? null,
      expected: band?.expected ?? null,
      high: band?.high ?? null,
    })
  }
  return { zone, windowMinutes: settings.windowMinutes, plot }
}

async function heardThen(tx: Tx, orgId: string, alert: ShownAlert): Promise<(minute: number) => boolean> {
  const then = new Date(alert.at.getTime() + 2 * afterMs)
  const rows = await hearingRows(tx, orgId, new Date(alert.at.getTime() - 2 * beforeMs), then)
  const own = rows.filter(({ network }) => network === alert.network).map(hearingSource)
  // Whoever listened then may have been removed since: what was counted is shown.
  return hearingOf(own, then)?.heard ?? (() => true)
}

/** null where nobody listened in more than half of the window. */
function countBefore(
  end: number,
  settings: SpikeSettings,
  { byMinute, heard }: { byMinute: ReadonlyMap<number, number>; heard: (minute: number) => boolean },
): number | null {
  let [count, known] = [0, 0]
  for (let at = end - settings.windowMinutes * minuteMs; at < end; at += minuteMs) {
    if (!byMinute.has(at) && !heard(at)) continue
    known += 1
    count += byMinute.get(at) ?? 0
  }
  return known < settings.windowMinutes / 2 ? null : Math.round((count * settings.windowMinutes) / known)
}
