// The year's money of the example: a budget that a colleague approved, a change that waits, spending month by month, and what an hour costs.

import type { Ground } from './past-plan.ts'
import type { Colleague } from './people.ts'
import { dayAhead } from './posts.ts'

interface Version {
  number: number
}

const evenly = (amount: number): number[] => Array.from({ length: 12 }, () => amount)
/** In some months alone, counted from 1. */
const only = (amount: number, ...months: number[]): number[] =>
  Array.from({ length: 12 }, (_, at) => (months.includes(at + 1) ? amount : 0))

export async function addMoney(
  { example: { call, org } }: Ground,
  { approver, channel, campaign }: { approver: Colleague; channel: string; campaign: string },
): Promise<void> {
  const year = dayAhead(0).slice(0, 4)
  const path = `/orgs/${org.id}/programme/budgets/${year}`
  const lines = [
    { id: 'boosts', name: 'Boosted posts', kind: 'advertising', channel, months: evenly(18_000) },
    { id: 'photos', name: 'Photographer', kind: 'content', channel: null, months: only(65_000, 3, 6, 9, 11) },
    { id: 'tools', name: 'Tools', kind: 'tools', channel: null, months: evenly(4_900) },
    { id: 'training', name: 'Training for answering', kind: 'training', channel: null, months: only(90_000, 2, 10) },
    {
      ...{ id: 'winter', name: 'Winter begins at the harbour', kind: 'advertising', channel, campaignId: campaign },
      months: only(150_000, 11, 12),
    },
  ]
  const save = (some: object[], after: number | null, reason: string) =>
    call<{ versions: Version[] }>('PUT', path, { currency: 'EUR', lines: some, after, reason })
  await save(lines, null, 'As much as last year, and more for the winter')
  await call('POST', `${path}/versions/1/ask`)
  await approver.call('POST', `${path}/versions/1/decide`, { decision: 'approved', reason: 'Agreed in the spring.' })
  const fair = { id: 'fair', name: 'Stand at the fair', kind: 'other', channel: null, months: only(120_000, 12) }
  await save([...lines, fair], 1, 'The fair was not planned, and it paid for itself last time')
  await call('POST', `${path}/versions/2/ask`)
  await call('PUT', `/orgs/${org.id}/programme/rates`, {
    ...{ role: 'contributor', perHour: 3400, currency: 'EUR', from: `${year}-01-01` },
  })
  await call('PUT', `/orgs/${org.id}/programme/rates`, {
    ...{ role: 'manager', perHour: 5200, currency: 'EUR', from: `${year}-01-01` },
  })
  await spend({ call, org }, { year, channel, campaign })
}

/** Until today: in January that is little. */
async function spend(
  { call, org }: Pick<Ground['example'], 'call' | 'org'>,
  { year, channel, campaign }: { year: string; channel: string; campaign: string },
): Promise<void> {
  const today = dayAhead(0)
  const note = (day: string, facts: object) =>
    day <= today ? call('POST', `/orgs/${org.id}/programme/spend`, { day, channel: null, ...facts }) : null
  for (let month = 1; month <= 12; month++) {
    const on = (date: number) => `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
    await note(on(1), { kind: 'tools', amount: 4900, what: 'Short links and pictures', reference: `T-${month}` })
    const amount = 15_000 + ((month * 3700) % 7000)
    await note(on(12), { kind: 'advertising', amount, what: 'Boosted posts', channel })
    if ([3, 6, 9, 11].includes(month)) await note(on(20), { kind: 'content', amount: 61_500, what: 'A day of photos' })
    if (month === 2) await note(on(24), { kind: 'training', amount: 88_000, what: 'How we answer: two evenings' })
    if (month >= 11)
      await note(on(18), { kind: 'advertising', amount: 84_000, what: 'Posters', channel, campaignId: campaign })
  }
}
