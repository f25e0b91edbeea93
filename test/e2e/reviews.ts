// Approval in the example: a lane of a campaign, a guardrail of one account, and a thread that a colleague and somebody outside look at.

import type { Account, Example } from './example.ts'
import { dayAhead, type ExamplePost, schedule } from './posts.ts'

export interface ExampleReview {
  post: ExamplePost
  /** Of the link of somebody outside. */
  secret: string
}

export async function addReview(
  example: Example,
  accounts: { harbour: Account; mountain: Account; newsletter: Account },
  campaign: { id: string },
): Promise<ExampleReview> {
  const { call, org } = example
  const send = <Answer = { id: string }>(path: string, body: unknown) =>
    call<Answer>('POST', `/orgs/${org.id}/${path}`, body)
  const step = { approvers: [{ kind: 'role', role: 'admin' }], needed: 1 }
  const lane = await send('lanes', {
    ...{ name: 'Winter campaign', steps: [step], scopes: [{ scope: 'campaign', id: campaign.id }] },
  })
  await send('guardrails', {
    ...{
      name: 'Prices in letters',
      kind: 'money',
      settings: {},
      laneId: lane.id,
      accountIds: [accounts.newsletter.id],
    },
  })
  const texts = [
    'Which winter jacket stays dry for a whole day? We stood under the rain machine with eleven of them.',
    'Three stayed dry. Two of them cost less than you think.',
  ]
  const post = await send<ExamplePost>('posts', {
    content: { segments: texts.map((text) => ({ text, media: [] })) },
    variants: [{ accountId: accounts.harbour.id }],
    belonging: { campaignId: campaign.id },
  })
  await schedule(example, post, { kind: 'at', wall: `${dayAhead(6)}T09:30`, zone: 'Europe/Berlin' })
  const [request] = await call<{ id: string }[]>('GET', `/orgs/${org.id}/posts/${post.id}/approvals`)
  const outsider = await send('outsiders', { name: 'The rain machine lab', email: 'lab@example.org' })
  const { url } = await send<{ url: string }>(`approvals/${request!.id}/links`, { outsiderId: outsider.id })
  const variantId = post.variants[0]!.id
  const comment = (body: object) => send(`approvals/${request!.id}/comments`, { variantId, ...body })
  await comment({ text: 'Please check the number of jackets with the lab.' })
  const suggestion = { segment: 1, text: 'Three stayed dry. Two of them cost less than 200 euros.' }
  await comment({ text: 'Say what they cost.', suggestion })
  return { post, secret: new URL(url).pathname.split('/').at(-1)! }
}
