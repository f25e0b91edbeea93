// People outside: the link that expires, what its holder sees and may do, and everybody else who tries.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inOrg } from '../../src/db/tx.ts'
import { picture as drawn } from '../../src/media/testing/samples.ts'
import { writeReviewMail } from '../../src/publishing/approvals/links.ts'
import { hourMs, inHours, minuteMs, type Stage, setStage } from './approvals-world.ts'
import { expectWell, newPost, type Person, refusal, textOf, there, untilState } from './world.ts'

let stage: Stage
let approver: Person
let outsider: { id: string }
beforeAll(async () => {
  stage = await setStage()
  approver = await stage.member('approver')
  outsider = (
    await stage.author.call('POST', '/orgs/{org}/outsiders', { name: 'An agency', email: 'Agency@example.org' })
  ).body
})
afterEach(async () => {
  await stage.running.stopWork()
  await expectWell(stage.running)
})
afterAll(() => stage.running.close())

const secretOf = (url: string): string => url.split('/').at(-1)!
const review = (secret: string, path = '', body?: object) =>
  stage.running.call(body ? 'POST' : 'GET', `/reviews/${secret}${path}`, body)

async function asked(content: object = textOf(crypto.randomUUID())) {
  const post = await newPost(stage.author, [stage.account], content)
  await stage.ask(stage.author, post.id, { when: inHours(stage, 5) })
  const { id } = await stage.request(post.id)
  const invited = await stage.author.call('POST', `/orgs/{org}/approvals/${id}/links`, { outsiderId: outsider.id })
  expect(invited.status, JSON.stringify(invited.body)).toBe(201)
  return { post, id, secret: secretOf(invited.body.url) }
}

async function picture(): Promise<{ id: string; [field: string]: unknown }> {
  const form = new FormData()
  form.set(
    'file',
    new File([new Uint8Array(await drawn({ width: 640, height: 480 }).png().toBuffer())], 'hills.png', {
      type: 'image/png',
    }),
  )
  const { id, kind, type, bytes, width, height, seconds } = (await stage.author.call('POST', '/orgs/{org}/media', form))
    .body
  return { id, kind, type, bytes, width, height, seconds, alt: 'Hills' }
}

const file = (address: string) => fetch(`${stage.running.url}${address}`)

describe('a link', () => {
  test('shows exactly what was asked, its pictures too, and takes a comment, a suggestion and a vote', async () => {
    const [shown, other] = [await picture(), await picture()]
    const text = crypto.randomUUID()
    const { post, id, secret } = await asked(textOf(text, [shown]))
    const manager = await stage.member('manager')
    expect((await stage.vote(manager, id)).body.state).toBe('open')
    const { status, body } = await review(secret)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...{ organisation: 'Ours', outsider: 'An agency', state: 'open', mine: { vote: true, voted: null } },
      renditions: [{ content: textOf(text, [shown]) }],
    })
    const answer = await file(`/files/review/${secret}/${shown.id}/thumbnail`)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    expect((await file(`/files/review/${secret}/${other.id}/original`)).status).toBe(404)
    expect((await file(`/files/review/${'x'.repeat(43)}/${shown.id}/original`)).status).toBe(404)
    expect((await file(`/files/${stage.owner.orgId}/${shown.id}/original`)).status).toBe(401)
    const variantId = body.renditions[0].variantId
    const suggestion = { variantId, text: 'Shorter', suggestion: { segment: 0, text: 'Short' } }
    expect((await review(secret, '/comments', suggestion)).body.comments).toMatchObject([
      { author: 'An agency', text: 'Shorter', suggestion: 'Short' },
    ])
    expect(await stage.told(stage.author)).toContain('approval-commented')
    const voted = await review(secret, '/vote', { vote: 'approve' })
    expect(voted.body).toMatchObject({ state: 'granted', mine: { voted: 'approve' } })
    expect((await stage.post(post.id)).state).toBe('scheduled')
    expect(refusal(await review(secret, '/vote', { vote: 'reject', reason: 'again' }))).toEqual([
      409,
      'request-over',
      undefined,
    ])
    const way = (await stage.owner.call('GET', `/orgs/{org}/posts/${post.id}/way`)).body
    expect(way).toContainEqual(expect.objectContaining({ code: 'approval.given', by: 'An agency' }))
    expect(way.filter(({ code }: { code: string }) => code === 'review-link.opened').length).toBeGreaterThan(0)
  })

  test('is mailed, its secret is kept as a hash alone, and a new one takes the place of the old', async () => {
    const { post, id, secret } = await asked()
    const rows = await inOrg(stage.running.app.services.db, stage.owner.orgId, (tx) =>
      tx.selectFrom('review_links').selectAll().where('request_id', '=', id).execute(),
    )
    expect(JSON.stringify(rows)).not.toContain(secret)
    const sealedSecret = stage.running.app.services.sealer.seal(secret, `review-link:${rows[0]!.id}`).toString('base64')
    await writeReviewMail(stage.running.app.services, { orgId: stage.owner.orgId, linkId: rows[0]!.id, sealedSecret })
    expect(stage.running.app.mails.at(-1)).toMatchObject({ to: 'agency@example.org' })
    expect(stage.running.app.mails.at(-1)!.text).toContain(`/review/${secret}`)
    const again = await stage.author.call('POST', `/orgs/{org}/approvals/${id}/links`, { outsiderId: outsider.id })
    expect(refusal(await review(secret))).toEqual([410, 'review-link-revoked', undefined])
    expect((await review(secretOf(again.body.url))).status).toBe(200)
    expect(
      (await stage.request(post.id)).steps.filter(({ kind }: { kind: string }) => kind === 'invited'),
    ).toHaveLength(1)
  })

  test('ends when it is revoked, when its time is over, and with its person', async () => {
    const { id, secret } = await asked()
    const { links } = (await stage.owner.call('GET', `/orgs/{org}/approvals/${id}`)).body
    const revoke = () => stage.author.call('DELETE', `/orgs/{org}/approvals/${id}/links/${links[0].id}`)
    expect((await revoke()).status).toBe(200)
    expect((await revoke()).status).toBe(404)
    for (const answer of [await review(secret), await review(secret, '/vote', { vote: 'approve' })])
      expect(refusal(answer)).toEqual([410, 'review-link-revoked', undefined])
    const next = await stage.author.call('POST', `/orgs/{org}/approvals/${id}/links`, {
      outsiderId: outsider.id,
      days: 1,
    })
    stage.running.moved.ms += 24 * hourMs + minuteMs
    expect(refusal(await review(secretOf(next.body.url)))).toEqual([410, 'review-link-expired', undefined])
    const leaver = (
      await stage.author.call('POST', '/orgs/{org}/outsiders', { name: 'Leaver', email: 'leaver@example.org' })
    ).body
    const last = await stage.author.call('POST', `/orgs/{org}/approvals/${id}/links`, { outsiderId: leaver.id })
    expect((await stage.owner.call('DELETE', `/orgs/{org}/outsiders/${leaver.id}`)).status).toBe(200)
    expect(refusal(await review(secretOf(last.body.url)))).toEqual([410, 'review-link-revoked', undefined])
  })

  test('opens nothing else: not other requests, not the API, not after an edit', async () => {
    const { post, secret } = await asked()
    const other = await asked()
    const variantId = other.post.variants[0].id
    expect(refusal(await review(secret, '/comments', { variantId, text: 'x' }))).toEqual([
      422,
      'rendition-not-found',
      'variantId',
    ])
    const call = await stage.running.call('GET', `/orgs/${stage.owner.orgId}/posts`, undefined, {
      authorization: `Bearer ${secret}`,
    })
    expect(call.status).toBe(401)
    await stage.author.call('PATCH', `/orgs/{org}/posts/${post.id}`, {
      revision: post.revision,
      content: textOf('edited'),
    })
    expect((await review(secret)).body).toMatchObject({
      state: 'voided',
      renditions: [{ voided: true }],
      mine: { vote: false },
    })
    expect(refusal(await review(secret, '/vote', { vote: 'approve' }))).toEqual([409, 'request-over', undefined])
  })

  test('is not waited for any more when the invitation is taken back', async () => {
    const manager = await stage.member('manager')
    const { post, id } = await asked()
    expect((await stage.vote(manager, id)).body.state).toBe('open')
    const gone = await stage.author.call('DELETE', `/orgs/{org}/approvals/${id}/outsiders/${outsider.id}`)
    expect(gone.status).toBe(200)
    expect((await stage.post(post.id)).state).toBe('scheduled')
  })
})

test('somebody outside can be named in a lane: the link goes out when their step begins', async () => {
  const steps = [
    { approvers: [{ kind: 'role', role: 'approver' }] },
    { approvers: [{ kind: 'outsider', id: outsider.id }] },
  ]
  await stage.lane({ steps })
  const text = crypto.randomUUID()
  const post = await stage.write(text)
  await stage.ask(stage.author, post.id)
  const { id } = await stage.request(post.id)
  expect((await stage.request(post.id)).links).toEqual([])
  expect((await stage.vote(approver, id)).body.links).toMatchObject([{ outsider: { name: 'An agency' }, mailed: true }])
  const made = await stage.author.call('POST', `/orgs/{org}/approvals/${id}/links`, { outsiderId: outsider.id })
  stage.running.work()
  expect((await review(secretOf(made.body.url), '/vote', { vote: 'approve' })).body.state).toBe('granted')
  await untilState(stage.owner, post.id, 'published')
  expect(there(stage.running, text)).toHaveLength(1)
  await stage.clear()
})

test('a link that a person ended is not made again by a reminder', async () => {
  await stage.lane({ steps: [{ approvers: [{ kind: 'outsider', id: outsider.id }], remindAfter: 60 }] })
  const post = await stage.write(crypto.randomUUID())
  await stage.ask(stage.author, post.id, { when: inHours(stage, 9) })
  const [link] = (await stage.request(post.id)).links
  const at = `/orgs/{org}/approvals/${(await stage.request(post.id)).id}/links`
  expect((await stage.author.call('DELETE', `${at}/${link.id}`)).status).toBe(200)
  stage.running.moved.ms += hourMs + minuteMs
  await stage.minute()
  expect((await stage.request(post.id)).links).toMatchObject([{ id: link.id }])
  // A person makes another one, and that one is followed by reminders again.
  expect((await stage.author.call('POST', at, { outsiderId: outsider.id })).status).toBe(201)
  await stage.clear()
})

test('the same address is the same person, whoever adds it at the same moment', async () => {
  const person = { name: 'Two at once', email: `${crypto.randomUUID()}@example.org` }
  const add = () => stage.author.call('POST', '/orgs/{org}/outsiders', person)
  const statuses = (await Promise.all([add(), add(), add()])).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([201, 409, 409])
})

test('a link that is used by a machine rests, and works again later', async () => {
  const { secret } = await asked()
  const { db, clock } = stage.running.app.services
  expect((await review(secret)).status).toBe(200)
  await db
    .updateTable('rate_limits')
    .set({ count: 600, last_request: clock().getTime() })
    .where('key', 'like', 'review-link %')
    .execute()
  expect(refusal(await review(secret))).toEqual([429, 'too-many-attempts', undefined])
  stage.running.moved.ms += 11 * minuteMs
  expect((await review(secret)).status).toBe(200)
})

test('guessing secrets is stopped, and stops nobody for long', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => review(crypto.randomUUID())))
  const statuses = answers.map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([404, 429]))
  expect(refusal(await review(crypto.randomUUID()))).toEqual([429, 'too-many-attempts', undefined])
  stage.running.moved.ms += 11 * minuteMs
  expect((await review(crypto.randomUUID())).status).toBe(404)
})
