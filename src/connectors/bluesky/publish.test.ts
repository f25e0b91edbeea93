// Publishing on a real server of the network: what is written is read back.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import type { Draft, Json, RemoteRef } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
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

  it('writes text whose marks lie on the right bytes', async () => {
    const text = `${family} grüßt @hare.test: https://example.org/läufe?a=1. #Marathon 跑步`
    const ref = await network.send(partOf(draftOf(text, { language: 'de' })))
    const record = (await network.read(ref)) as { text: string; langs: string[]; facets: Facet[] }
    const bytes = Buffer.from(record.text, 'utf8')
    const cut = record.facets.map(({ index, features }) => [
      bytes.subarray(index.byteStart, index.byteEnd).toString('utf8'),
      features[0]?.did ?? features[0]?.uri ?? features[0]?.tag,
    ])
    expect(record.text).toBe(text)
    expect(record.langs).toEqual(['de'])
    expect(cut).toEqual([
      ['@hare.test', network.friend.did],
      ['https://example.org/läufe?a=1', 'https://example.org/läufe?a=1'],
      ['#Marathon', 'Marathon'],
    ])
    expect(ref.url).toBe(`https://bsky.app/profile/tortoise.test/post/${ref.id.split('/').at(-1)}`)
  })

  it('leaves a mention of nobody as text', async () => {
    const ref = await network.send(partOf(draftOf('hello @nobody-at-all.test')))
    expect(await network.read(ref)).not.toHaveProperty('facets')
  })

  it('does not take a server in trouble for a missing person', async () => {
    network.faults.inject({ kind: 'answer', status: 502, headers: {}, body: '{"error":"UpstreamFailure"}' })
    const failing = network.publish.prepare!(network.shaky, partOf(draftOf('hello @hare.test')), network.newKey())
    await expect(failing).rejects.toMatchObject({ kind: 'unavailable', code: 'UpstreamFailure' })
  })

  it('takes the longest text of the limits, and check and server agree on one more', async () => {
    const limits = network.connector.limits(network.session.account)
    // A family is 25 bytes; more than 120 of them pass the limit of bytes long before that of characters.
    for (const text of ['é'.repeat(300), family.repeat(120)]) {
      expect(network.publish.check(draftOf(text), limits)).toEqual([])
      expect(await network.read(await network.send(partOf(draftOf(text))))).toMatchObject({ text })
    }
    for (const text of ['é'.repeat(301), family.repeat(121)]) {
      expect(network.publish.check(draftOf(text), limits)).toMatchObject([{ level: 'error', field: 'segments.0.text' }])
      await expect(network.send(partOf(draftOf(text)))).rejects.toMatchObject({
        kind: 'rejected',
        code: 'InvalidRequest',
      })
    }
  })

  it('uploads an image with its alternative text and proportions', async () => {
    const ref = await network.send(partOf(withMedia('a picture', ['image'])))
    const { embed } = (await network.read(ref)) as {
      embed: { images: { alt: string; image: { ref: { $link: string } } }[] }
    }
    expect(embed).toMatchObject({ $type: 'app.bsky.embed.images', images: [{ alt: 'alt of image' }] })
    expect(embed.images[0]).toMatchObject({
      aspectRatio: { width: 320, height: 200 },
      image: { mimeType: 'image/jpeg' },
    })
    const params = new URLSearchParams({ did: network.author.did, cid: embed.images[0]!.image.ref.$link })
    const stored = await fetch(`${network.pds.url}/xrpc/com.atproto.sync.getBlob?${params}`)
    expect(Buffer.from(await stored.arrayBuffer())).toEqual(Buffer.from(network.picture))
  })

  it('makes a gallery of more than four images', async () => {
    const ref = await network.send(partOf(withMedia('five', ['image-0', 'image-1', 'image-2', 'image-3', 'image-4'])))
    const { embed } = (await network.read(ref)) as { embed: { items: unknown[] } }
    expect(embed).toMatchObject({ $type: 'app.bsky.embed.gallery' })
    expect(embed.items).toHaveLength(5)
  })

  it('asks for the proportions that a gallery needs before it is scheduled', async () => {
    const draft = withMedia('five', ['image-0', 'image-1', 'image-2', 'image-3', 'unsized'])
    draft.segments[0]!.media[4]!.width = null
    const issues = network.publish.check(draft, network.connector.limits(network.session.account))
    expect(issues).toEqual([{ level: 'error', code: 'media.size-unknown', field: 'segments.0.media.4' }])
    const preparing = network.publish.prepare!(network.session, partOf(draft), network.newKey())
    await expect(preparing).rejects.toMatchObject({ kind: 'rejected', code: 'media.size-unknown' })
  })

  it('uploads a video', async () => {
    const ref = await network.send(partOf(withMedia('moving', ['video'])))
    expect(await network.read(ref)).toMatchObject({
      embed: {
        $type: 'app.bsky.embed.video',
        alt: 'alt of video',
        video: { mimeType: 'video/mp4' },
        aspectRatio: { width: 16, height: 9 },
      },
    })
  })

  it('makes the card of a link, with its picture', async () => {
    const link = { url: 'https://example.org/race', title: 'The race', description: 'In June', imageId: 'image' }
    const ref = await network.send(partOf({ segments: [{ text: 'come', media: [], link }] }))
    const { embed } = (await network.read(ref)) as { embed: unknown }
    const { url: uri, title, description } = link
    expect(embed).toMatchObject({ $type: 'app.bsky.embed.external', external: { uri, title, description } })
    expect(embed).toMatchObject({ external: { thumb: { mimeType: 'image/jpeg', size: network.picture.length } } })
  })

  it('warns that a card gives way to media', () => {
    const draft = withMedia('both', ['image'])
    draft.segments[0]!.link = { url: 'https://example.org', title: '', description: '' }
    expect(network.publish.check(draft, network.connector.limits(network.session.account))).toEqual([
      { level: 'warning', code: 'link-card.not-with-media', field: 'segments.0.link' },
    ])
  })

  it('chains a thread and a first comment by reply references, in order of time', async () => {
    const draft: Draft = {
      segments: ['one', 'two', 'three'].map((text) => ({ text, media: [] })),
      firstComment: 'comment',
      options: { labels: ['nudity'] },
    }
    const dueAt = new Date()
    const refs: RemoteRef[] = []
    for (let position = 0; position < 4; position++) {
      refs.push(await network.send(partOf(draft, { position, root: refs[0], previous: refs.at(-1), dueAt })))
    }
    const records = (await Promise.all(refs.map((ref) => network.read(ref)))) as { createdAt: string; reply?: Reply }[]
    const strong = (ref?: RemoteRef) => ({ uri: ref!.id, cid: (ref!.proof as { cid: string }).cid })
    expect(records[0]).not.toHaveProperty('reply')
    for (let at = 1; at < 4; at++) {
      expect(records[at]!.reply).toEqual({ root: strong(refs[0]), parent: strong(at === 3 ? refs[0] : refs[at - 1]) })
      expect(records[at]!.createdAt > records[at - 1]!.createdAt).toBe(true)
    }
    expect(records[2]).toMatchObject({ labels: { values: [{ val: 'nudity' }] } })
    expect(records[3]).not.toHaveProperty('labels')
  })

  it('shuts replies and quotes by gates under the key of the post', async () => {
    const draft = draftOf('quiet please', { options: { replies: 'mentioned', quotes: 'nobody' } })
    const ref = await network.send(partOf(draft))
    const gate = 'app.bsky.feed.threadgate'
    expect(await network.read(ref, gate)).toMatchObject({ post: ref.id, allow: [{ $type: `${gate}#mentionRule` }] })
    expect(await network.read(ref, 'app.bsky.feed.postgate')).toMatchObject({ post: ref.id })
    await network.publish.remove!(network.session, ref)
    await expect(network.read(ref, gate)).rejects.toThrow('400')
  })

  it('removes a post, and is content when it is gone already', async () => {
    const key = network.newKey()
    const prepared = await network.publish.prepare!(network.session, partOf(draftOf('short life')), key)
    const ref = published(await network.publish.submit(network.session, prepared, key))
    await network.publish.remove!(network.session, ref)
    await network.publish.remove!(network.session, ref)
    expect(await network.publish.find!(network.session, prepared, key, new Date())).toEqual({ state: 'absent' })
  })

  it('says that numbers are not to be had from a server without an AppView', async () => {
    const ref = await network.send(partOf(draftOf('counted by nobody')))
    await expect(network.connector.metrics!.posts(network.session, [ref.id])).rejects.toMatchObject({
      kind: 'unavailable',
    })
  })

  it('puts nothing secret into its errors', async () => {
    const failing = {
      ...network.session,
      credentials: { ...(network.session.credentials as { [key: string]: Json }), access: 'a.secret.token' },
    }
    const error = await network.publish
      .submit(failing, await network.publish.prepare!(network.session, partOf(draftOf('x')), 'k'), 'k')
      .catch((one: unknown) => one)
    expect(error).toBeInstanceOf(ConnectorError)
    expect(error).toMatchObject({ kind: 'auth-expired', code: 'InvalidToken' })
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
  })
})

interface Facet {
  index: { byteStart: number; byteEnd: number }
  features: { did?: string; uri?: string; tag?: string }[]
}
interface Reply {
  root: unknown
  parent: unknown
}
