// Campaigns of the example: one that runs with phases and posts, one that comes, one that is closed with its report.

import type { Account, Example } from './example.ts'
import { dayAhead, type ExamplePost, schedule } from './posts.ts'

export interface ExampleCampaigns {
  running: { id: string }
  /** A crossing point that fired. */
  point: { id: string }
}

export async function addCampaigns(
  example: Example,
  accounts: { harbour: Account; mountain: Account },
): Promise<ExampleCampaigns> {
  const { call, org } = example
  const plan = (body: object) => call<{ id: string }>('POST', `/orgs/${org.id}/campaigns`, body)
  const running = await plan({
    name: 'Winter begins at the harbour',
    kind: 'promotion',
    goal: 'Three hundred people try a winter jacket in the shop by Christmas. We see it in the till and in the answers under our posts.',
    audience: 'People who walk by the sea all year, and those who wish they did.',
    beginsOn: dayAhead(-6),
    endsOn: dayAhead(16),
    phases: [
      { name: 'Teaser', beginsOn: dayAhead(-6), endsOn: dayAhead(-1) },
      { name: 'Launch', beginsOn: dayAhead(0), endsOn: dayAhead(5) },
      { name: 'In the shop', beginsOn: dayAhead(3), endsOn: dayAhead(16) },
    ],
    budget: { amount: 1_250_000, currency: 'EUR' },
    links: [{ label: 'The jackets', url: 'https://example.org/winter' }],
  })
  await plan({ name: 'Outdoor fair', kind: 'trade-show', beginsOn: dayAhead(5), endsOn: dayAhead(8) })
  const closed = await plan({
    name: 'Late summer sale',
    kind: 'advertisement',
    beginsOn: dayAhead(-60),
    endsOn: dayAhead(-30),
  })
  const posts: [days: number, time: string, account: Account, text: string][] = [
    [1, '10:00', accounts.harbour, 'Which jacket for which wind? Come and try three of them.'],
    [2, '11:30', accounts.mountain, 'The same wind, a thousand metres higher: our guides’ choice.'],
    [4, '16:00', accounts.harbour, 'Saturday: tea, rain machine, winter jackets.'],
  ]
  for (const [days, time, account, text] of posts) {
    const post = await call<ExamplePost>('POST', `/orgs/${org.id}/posts`, {
      content: { segments: [{ text, media: [] }] },
      variants: [{ accountId: account.id }],
      belonging: { campaignId: running.id },
    })
    await schedule(example, post, { kind: 'at', wall: `${dayAhead(days)}T${time}`, zone: 'Europe/Berlin' })
  }
  await call('POST', `/orgs/${org.id}/campaigns/${closed.id}/close`, {
    note: 'It sold the stock. Next year two weeks earlier.',
  })
  const points = await call<{ id: string; key: string }[]>('GET', `/orgs/${org.id}/crossings`)
  const point = points.find(({ key }) => key === 'launch-staffing')!
  await call('POST', `/orgs/${org.id}/crossings/${point.id}/fire`, { rehearsal: true, campaignId: running.id })
  return { running, point }
}
