// What a conversation came of: our post by the account's own ids, its campaign, and the topics that listen for it.

import { expect, test } from 'vitest'
import { asSystem } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying } from '../said.testing.ts'

let post = ''
let campaign = ''

useInbox(async () => {
  const facts = { name: 'Spring lanterns', beginsOn: '2026-11-01', endsOn: '2026-12-20', kind: 'promotion' }
  const planned = await owner.call('POST', '/orgs/{org}/campaigns', facts)
  if (planned.status !== 201) throw new Error(JSON.stringify(planned.body))
  campaign = planned.body.id
  const [account] = (await owner.call('GET', '/orgs/{org}/accounts')).body
  const content = { segments: [{ text: 'The lantern is here', media: [] }] }
  const made = await owner.call('POST', '/orgs/{org}/posts', {
    ...{ content, variants: [{ accountId: account.id }] },
  })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  post = made.body.id
  await owner.call('PATCH', `/orgs/{org}/posts/${post}/belonging`, { campaignId: campaign })
  // As delivery leaves it.
  await asSystem(world.services.db, async (tx) => {
    const { org_id, id, revision } = await tx
      .selectFrom('variants')
      .select(['org_id', 'id', 'revision'])
      .where('post_id', '=', post)
      .executeTakeFirstOrThrow()
    const part = { org_id, variant_id: id, revision, position: 0, key: 'k', published_at: new Date() }
    await tx
      .insertInto('parts')
      .values({ ...part, remote_id: 'ours-1' })
      .execute()
  })
  const under = (id: string, about: string | null, author: string) =>
    saying(
      saidOf(id, {
        ...{
          about: about === null ? null : { id: about, url: `https://practice.example/${about}`, title: 'Our post' },
        },
        author: { id: author, handle: author, name: author, url: null, followers: null },
      }),
    )
  await keep([under('1', 'ours-1', 'ann'), under('2', 'elsewhere', 'ben'), under('3', null, 'cy')])
})

const causeOf = async (name: string) => {
  const { items } = (await owner.call('GET', '/orgs/{org}/conversations')).body
  const { id } = items.find(({ contact }: { contact: { name: string } }) => contact.name === name)
  return (await owner.call('GET', `/orgs/{org}/conversations/${id}/cause`)).body
}

test('is told with its campaign and the topics that listen for that', async () => {
  const topic = { name: 'The lantern campaign', kind: 'campaign', query: 'lantern', campaignId: campaign }
  const { body } = await owner.call('POST', '/orgs/{org}/topics', topic)
  expect(await causeOf('ann')).toEqual({
    post: {
      id: post,
      summary: expect.stringContaining('The lantern is here'),
      publishedAt: expect.any(String),
      isDeleted: false,
    },
    ...{ elsewhere: null, campaign: { id: campaign, name: 'Spring lanterns' } },
    topics: [{ id: body.id, name: 'The lantern campaign' }],
  })
})

test('is a post written elsewhere, or nothing', async () => {
  expect(await causeOf('ben')).toEqual({
    ...{
      post: null,
      elsewhere: { url: 'https://practice.example/elsewhere', title: 'Our post' },
      campaign: null,
      topics: [],
    },
  })
  expect(await causeOf('cy')).toEqual({ post: null, elsewhere: null, campaign: null, topics: [] })
  const unknown = await owner.call('GET', `/orgs/{org}/conversations/${newId()}/cause`)
  expect(unknown.status).toBe(404)
})
