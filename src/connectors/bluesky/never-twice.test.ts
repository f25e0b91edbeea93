// Never twice: lost answers, repeated and concurrent writes, on a real server of the network.

import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import type { Json } from '../contract.ts'
import { closeAfter, closeBefore, type Fault, rateLimited } from '../testing/faults.ts'
import { published, startTestNetwork, type TestNetwork, withMedia } from './test-network.ts'
import { draftOf, partOf } from './test-session.ts'

const family = '👨‍👩‍👧‍👦'

describeServer('pds', () => {
  let network: TestNetwork

  beforeAll(async () => {
    network = await startTestNetwork()
  })
  afterAll(() => network?.stop())
  beforeEach(() => network.faults.reset())

  it('resumes after a lost answer without a double', async () => {
    const [text, key] = ['answer lost', network.newKey()]
    const prepared = await network.publish.prepare!(network.session, partOf(draftOf(text)), key)
    network.faults.inject(closeAfter, { match: ({ path }) => path.includes('putRecord') })
    const shaky = network.shaky
    await expect(network.publish.submit(shaky, prepared, key)).rejects.toMatchObject({ kind: 'unknown' })
    expect(network.faults.requests).toHaveLength(1)
    const found = await network.publish.find!(shaky, prepared, key, new Date())
    expect(found).toMatchObject({ state: 'published', proof: { cid: expect.any(String) } })
    const again = await network.publish.submit(shaky, prepared, key)
    expect(again).toEqual(found)
    expect(await network.copiesOf(text)).toBe(1)
  })

  it('knows its record again when the database has put its fields in another order', async () => {
    const [text, key] = [`other order ${family} #order`, network.newKey()]
    const prepared = await network.publish.prepare!(network.session, partOf(withMedia(text, ['image'])), key)
    const ref = published(await network.publish.submit(network.session, prepared, key))
    const reordered = reverseFields(prepared)
    expect(JSON.stringify(reordered)).not.toBe(JSON.stringify(prepared))
    expect(published(await network.publish.submit(network.session, reordered, key))).toEqual(ref)
    expect(await network.publish.find!(network.session, reordered, key, new Date())).toMatchObject({
      state: 'published',
      id: ref.id,
    })
  })

  it('finds nothing where the request never arrived', async () => {
    const [text, key] = ['never arrived', network.newKey()]
    const prepared = await network.publish.prepare!(network.session, partOf(draftOf(text)), key)
    network.faults.inject(closeBefore)
    await expect(network.publish.submit(network.shaky, prepared, key)).rejects.toMatchObject({ kind: 'unknown' })
    expect(await network.publish.find!(network.session, prepared, key, new Date())).toEqual({ state: 'absent' })
    expect(await network.copiesOf(text)).toBe(0)
  })

  it('sends the same record ten times at once and makes one post', async () => {
    const [text, key] = ['ten at once', network.newKey()]
    const prepared = await network.publish.prepare!(network.session, partOf(draftOf(text)), key)
    const sent = await Promise.allSettled(
      Array.from({ length: 10 }, () => network.publish.submit(network.session, prepared, key)),
    )
    expect(await network.copiesOf(text)).toBe(1)
    const good = sent.flatMap((one) => (one.status === 'fulfilled' ? [JSON.stringify(one.value)] : []))
    expect(good.length).toBeGreaterThan(0)
    expect(new Set(good).size).toBe(1)
    expect(await network.publish.submit(network.session, prepared, key)).toEqual(JSON.parse(good[0]!))
  })

  it('does not take other content under the same key for a refusal, nor for the post', async () => {
    const [key, dueAt] = [network.newKey(), new Date()]
    const first = await network.publish.prepare!(network.session, partOf(draftOf('first words'), { dueAt }), key)
    const other = await network.publish.prepare!(network.session, partOf(draftOf('other words'), { dueAt }), key)
    const ref = published(await network.publish.submit(network.session, first, key))
    await expect(network.publish.submit(network.session, other, key)).rejects.toMatchObject({
      kind: 'unknown',
      code: 'InvalidSwap',
    })
    expect(await network.publish.find!(network.session, other, key, new Date())).toEqual({ state: 'unsure' })
    expect(await network.read(ref)).toMatchObject({ text: 'first words' })
  })

  it('freezes time and key: preparing later under the same key gives the same place', async () => {
    const [key, dueAt] = [network.newKey(), new Date(Date.now() - 60_000)]
    const first = (await network.publish.prepare!(
      network.session,
      partOf(draftOf('same'), { dueAt }),
      key,
    )) as unknown as Frozen
    await wait(5)
    const later = (await network.publish.prepare!(
      network.session,
      partOf(draftOf('same'), { dueAt }),
      key,
    )) as unknown as Frozen
    expect(later.writes[0]!.rkey).toBe(first.writes[0]!.rkey)
    expect(Date.parse(first.writes[0]!.record.createdAt)).toBeGreaterThan(dueAt.getTime())
  })

  it('uploads files again that the server has dropped before the post came', async () => {
    const key = network.newKey()
    const prepared = (await network.publish.prepare!(
      network.session,
      partOf(withMedia('late', ['image'])),
      key,
    )) as unknown as Frozen
    // A blob the server does not know stands for one it has dropped; the file behind it is another one.
    const unknown = 'bafkreieq5jui4j25lacwomsqgjeswwl3y5zcdrresptwgmfylxo2depppq'
    const lost = JSON.parse(JSON.stringify(prepared).replaceAll(prepared.blobs[0]!.cid, unknown)) as Json
    await expect(network.publish.submit(network.session, lost, key)).rejects.toMatchObject({
      kind: 'rejected',
      code: 'media-changed',
    })
    const dropped = (body: Buffer) => body.includes('late')
    network.faults.inject(
      { kind: 'answer', status: 400, headers: {}, body: '{"error":"BlobNotFound"}' },
      { match: ({ body }) => dropped(body) },
    )
    const ref = published(await network.publish.submit(network.shaky, prepared as unknown as Json, key))
    expect(network.faults.requests.map(({ path }) => path.split('.').at(-1))).toEqual([
      'putRecord',
      'uploadBlob',
      'putRecord',
    ])
    expect(await network.read(ref)).toMatchObject({ embed: { images: [{}] } })
  })

  const answer = (status: number, error: string): Fault => ({
    ...{ kind: 'answer', status, headers: {}, body: JSON.stringify({ error }) },
  })
  it.each<[string, Fault]>([
    ['got no answer', closeBefore],
    ['was turned away for now', rateLimited(60)],
    ['met an expired token', answer(400, 'ExpiredToken')],
    ['was refused', answer(400, 'InvalidRequest')],
  ])('finishes the gate when it %s, without a second post', async (what, fault) => {
    const [text, key] = [`gated once, ${what}`, network.newKey()]
    const prepared = await network.publish.prepare!(
      network.session,
      partOf(draftOf(text, { options: { replies: 'nobody' } })),
      key,
    )
    const shaky = network.shaky
    network.faults.inject(fault, {
      match: ({ body }) => body.includes('threadgate#') || body.includes('"app.bsky.feed.threadgate"'),
    })
    await expect(network.publish.submit(shaky, prepared, key)).rejects.toMatchObject({ kind: 'unknown' })
    expect(await network.publish.find!(shaky, prepared, key, new Date())).toEqual({ state: 'unproven' })
    const ref = published(await network.publish.submit(shaky, prepared, key))
    expect(await network.read(ref, 'app.bsky.feed.threadgate')).toMatchObject({ allow: [] })
    expect(await network.copiesOf(text)).toBe(1)
    expect(await network.publish.find!(shaky, prepared, key, new Date())).toEqual({ state: 'published', ...ref })
  })

  it('lets a gate stand that a person has changed meanwhile', async () => {
    const key = network.newKey()
    const prepared = await network.publish.prepare!(
      network.session,
      partOf(draftOf('gate', { options: { replies: 'nobody' } })),
      key,
    )
    const ref = published(await network.publish.submit(network.session, prepared, key))
    const { access } = network.session.credentials as { access: string }
    const [, , repo, , rkey] = ref.id.split('/')
    const record = { $type: 'app.bsky.feed.threadgate', post: ref.id, createdAt: new Date().toISOString() }
    const changed = await fetch(`${network.pds.url}/xrpc/com.atproto.repo.putRecord`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
      body: JSON.stringify({ repo, collection: record.$type, rkey, record }),
    })
    expect(changed.status).toBe(200)
    expect(published(await network.publish.submit(network.session, prepared, key))).toEqual(ref)
    expect(await network.read(ref, record.$type)).not.toHaveProperty('allow')
  })
})

interface Frozen {
  writes: { rkey: string; record: { createdAt: string } }[]
  blobs: { cid: string }[]
}

function reverseFields(json: Json): Json {
  if (Array.isArray(json)) return json.map(reverseFields)
  if (json === null || typeof json !== 'object') return json
  const fields = Object.entries(json).map(([name, value]) => [name, reverseFields(value)] as const)
  return Object.fromEntries(fields.reverse())
}
