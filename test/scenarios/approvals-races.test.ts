// Consent and change at the same moment, with two workers that deliver: nothing goes out with words that nobody approved.

import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { inOrg } from '../../src/db/tx.ts'
import { type Stage, setStage } from './approvals-world.ts'
import { expectWell, type Person, textOf } from './world.ts'

let stage: Stage
let approvers: Person[]
let manager: Person
beforeAll(async () => {
  stage = await setStage()
  approvers = await Promise.all([stage.member('approver'), stage.member('approver')])
  manager = await stage.member('manager')
  await stage.lane({ steps: [{ approvers: [{ kind: 'role', role: 'approver' }], needed: 2 }] })
})
afterEach(async () => {
  await stage.running.stopWork()
  await expectWell(stage.running)
})
afterAll(() => stage.running.close())

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Everything is decided and nothing more will move by itself. */
const untilStill = () =>
  expect
    .poll(
      () =>
        inOrg(stage.running.app.services.db, stage.owner.orgId, (tx) =>
          tx.selectFrom('variants').select('id').where('wake_at', 'is not', null).execute(),
        ),
      { timeout: 60_000, interval: 50 },
    )
    .toEqual([])

/** Every text that some request with two consents was about. */
async function approvedTexts(): Promise<Set<string>> {
  const rows = await inOrg(stage.running.app.services.db, stage.owner.orgId, async (tx) => {
    const votes = await tx
      .selectFrom('approval_votes')
      .select(['request_id', 'voter_id'])
      .where('vote', '=', 'approve')
      .execute()
    const consents = Map.groupBy(votes, ({ request_id }) => request_id)
    const renditions = await tx.selectFrom('approval_renditions').select(['request_id', 'content']).execute()
    return renditions.filter(
      ({ request_id }) => new Set(consents.get(request_id)?.map(({ voter_id }) => voter_id)).size >= 2,
    )
  })
  return new Set(rows.map(({ content }) => (content as unknown as { segments: { text: string }[] }).segments[0]!.text))
}

// Slow where other work shares the machine.
vi.setConfig({ testTimeout: 180_000 })

test('vote, edit, move, suggestion, refusal and delivery at once: never published with words that two people did not approve', async () => {
  stage.running.work()
  stage.running.work()
  const words = new Set<string>()
  const fresh = () => {
    const text = `race ${crypto.randomUUID()}`
    words.add(text)
    return text
  }
  await Promise.all(
    Array.from({ length: 24 }, async (_, round) => {
      const post = await stage.write(fresh())
      await stage.ask(stage.author, post.id)
      const { id, renditions } = await stage.request(post.id)
      const variantId = renditions[0].variantId
      const edit = async () => {
        const { revision } = await stage.post(post.id)
        return stage.author.call('PATCH', `/orgs/{org}/posts/${post.id}`, { revision, content: textOf(fresh()) })
      }
      const again = async () => {
        await edit()
        await stage.ask(stage.author, post.id)
        const next = await stage.request(post.id)
        return Promise.all(approvers.map((person) => stage.vote(person, next.id)))
      }
      const suggest = async () => {
        const suggestion = { variantId, text: '', suggestion: { segment: 0, text: fresh() } }
        const said = await approvers[0]!.call('POST', `/orgs/{org}/approvals/${id}/comments`, suggestion)
        const comment = said.body.comments?.at(-1)?.id
        return comment && stage.author.call('POST', `/orgs/{org}/approvals/${id}/comments/${comment}/take`, {})
      }
      const others = [
        edit,
        again,
        suggest,
        () => stage.vote(approvers[1]!, id, 'reject', 'no'),
        () => manager.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when: { kind: 'now' } }),
        () => manager.call('POST', `/orgs/{org}/posts/${post.id}/hold`, { reason: 'wait' }),
        () => stage.minute(),
      ]
      const delays = [round * 7, round * 11, round * 5].map((ms) => ms % 37)
      await Promise.all([
        stage.vote(approvers[0]!, id),
        pause(delays[0]!).then(() => stage.vote(approvers[1]!, id)),
        pause(delays[1]!).then(others[round % others.length]),
        pause(delays[2]!).then(others[(round * 3 + 1) % others.length]),
      ])
    }),
  )
  await untilStill()
  const approved = await approvedTexts()
  const published = stage.running.network.posts().map(({ text }) => text)
  expect(published.length).toBeGreaterThan(5)
  expect(new Set(published).size).toBe(published.length)
  expect(published.filter((text) => !words.has(text) || !approved.has(text))).toEqual([])
})

test('of two people who approve at the same moment both count, and it is granted once', async () => {
  for (let round = 0; round < 15; round++) {
    const post = await stage.write(crypto.randomUUID())
    await stage.ask(stage.author, post.id, { when: { kind: 'at', wall: '2030-01-01T10:00', zone: 'UTC' } })
    const { id } = await stage.request(post.id)
    const answers = await Promise.all([...approvers, ...approvers].map((person) => stage.vote(person, id)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
    expect((await stage.post(post.id)).state).toBe('scheduled')
    const way = (await stage.owner.call('GET', `/orgs/{org}/posts/${post.id}/way`)).body
    expect(way.filter(({ code }: { code: string }) => code === 'approval.granted')).toHaveLength(1)
  }
})
