// Departments as walls: what is said to one of them is not there for anybody else, by no route, not even as a count. What everybody reads is
// the same to the letter whether it exists or not.

import { describe, expect, test } from 'vitest'
import { fanOutEvents } from '../../src/events/fan-out.ts'
import { owner, world } from '../../src/inbox/ground.testing.ts'
import { newId } from '../../src/lib/ids.ts'
import { picture } from '../../src/media/testing/samples.ts'
import { may, type Verb } from '../../src/people/permissions.ts'
import type { TestSession } from '../world/app.ts'
import { sampleRequest } from '../world/sample-input.ts'
import {
  before,
  departments,
  everything,
  fileStatus,
  hr,
  paths,
  people,
  secret,
  streams,
  useWalls,
  walled,
  without,
} from './walls-ground.ts'
import { anyId, differences, idsOf, readAll, routes } from './walls-world.ts'

useWalls()

const ofHr = ['of HR', 'leads HR']
const insiders = [...ofHr, 'of investor relations']
const outsiders = ['owner', 'admin of service', 'viewer', 'approver of service', 'token of the owner']

describe('what stands behind a wall', () => {
  test('is there for its department', async () => {
    const { body } = await hr.call('GET', '/orgs/{org}/conversations?state=all')
    expect(body.items).toContainEqual(
      expect.objectContaining({ id: walled.get('hr'), department: expect.objectContaining({ walled: true }) }),
    )
    const { body: log } = await hr.call('GET', '/orgs/{org}/events')
    expect(log.items.map(({ verb }: { verb: string }) => verb)).toEqual(
      expect.arrayContaining([
        'conversation.noted',
        'answer.planned',
        'answer.published',
        'contact.consent-noted',
        'conversation-goal.set',
      ]),
    )
    expect(log.items.find(({ verb }: { verb: string }) => verb === 'conversation.assigned').facts.with).toContain(
      secret,
    )
    const { body: found } = await hr.call('GET', `/orgs/{org}/contacts?q=${secret}`)
    expect(found.items).toHaveLength(1)
    expect(paths.length).toBeGreaterThan(180)
  })

  test.each(outsiders)('changes nothing to the letter of what this one reads: %s', async (name) => {
    const after = await readAll(people.get(name)!, paths)
    expect(differences(before.get(name)!, after)).toEqual([])
    expect([...after.values()].join()).not.toContain(`${secret} again`)
  })

  test.each(insiders)('of one department is not there for another: %s', async (name) => {
    const own = ofHr.includes(name) ? 'hr' : 'investors'
    const other = walled.get(own === 'hr' ? 'investors' : 'hr')!
    const ids = Object.values(await idsOf(other))
    const all = [...(await readAll(people.get(name)!, paths)).values()].join()
    for (const id of ids) expect(all).not.toContain(id)
    expect(all).toContain(walled.get(own))
    const goals = async (departmentId: string) => {
      const { body } = await people
        .get(name)!
        .call('GET', `/orgs/{org}/begun-conversations?departmentId=${departmentId}`)
      return body.weeks.at(-1).goal
    }
    const { hr: hrId, investors } = departments
    expect(await Promise.all([hrId, investors].map(goals))).toEqual(own === 'hr' ? [77, null] : [null, 77])
  })

  test('its files are there for its department alone, whatever is asked of them', async () => {
    for (const department of ['hr', 'investors']) {
      const { file } = await idsOf(walled.get(department)!)
      for (const [name, session] of people) {
        const isInside = department === 'hr' ? ofHr.includes(name) : name === 'of investor relations'
        expect(await fileStatus(session, file!), `${department} for ${name}`).toEqual(
          isInside ? [200, 200] : [404, 404],
        )
        const { body } = await session.call('GET', `/orgs/{org}/media?q=${secret}`)
        const found = body.items.map(({ id }: { id: string }) => id)
        expect(found.includes(file), `${department} for ${name}`).toBe(isInside)
      }
      const { headers } = await world.request(`/files/${world.ours}/${file}/original`, {
        headers: {
          authorization: `Bearer ${people.get(department === 'hr' ? 'leads HR' : 'of investor relations')!.token}`,
        },
      })
      expect(headers.get('cache-control')).toBe('private, no-cache')
    }
  })

  test('nobody outside brings a file to it, or uses one of its files', async () => {
    const { file } = await idsOf(walled.get('hr')!)
    for (const id of [walled.get('hr')!, newId()]) {
      const form = new FormData()
      form.append('file', new File([new Uint8Array(await picture({ width: 9, height: 9 }).png().toBuffer())], 'a.png'))
      form.append('conversationId', id)
      const { status, body } = await owner.call('POST', '/orgs/{org}/media', form)
      expect([status, body.data]).toMatchObject([422, { code: 'conversation-not-found', field: 'conversationId' }])
    }
    const named = (id: string) => ({
      ...{ id, kind: 'image', type: 'image/png', bytes: 9, width: 9, height: 9, seconds: null, alt: '' },
    })
    const post = (by: TestSession, id: string) =>
      by.call('POST', '/orgs/{org}/posts', { content: { segments: [{ text: 'x', media: [named(id)] }] }, variants: [] })
    for (const id of [file!, newId()])
      expect((await post(owner, id)).body.data).toMatchObject({ code: 'media-not-found' })
    // Who sees it is told what speaks against it.
    const inside = await post(people.get('leads HR')!, file!)
    expect([inside.status, inside.body.data]).toMatchObject([
      422,
      { code: 'media-behind-wall', field: 'content.segments.0.media.0.id' },
    ])
  })

  test('is told to no page that is open but those of its department', async () => {
    const { id } = (await owner.call('GET', '/orgs/{org}/conversations')).body.items[0]
    await owner.call('POST', `/orgs/{org}/conversations/${id}/notes`, { note: 'for everybody' })
    for (const { ids } of streams) await expect.poll(() => ids).toContain(id)
    for (const { name, ids } of streams) {
      const sees = ofHr.includes(name) ? ['hr'] : name === 'of investor relations' ? ['investors'] : []
      expect(new Set(ids), name).toEqual(new Set([id, ...sees.map((key) => walled.get(key))]))
    }
  })

  test('is told to no webhook', async () => {
    await fanOutEvents(everything(), world.ours)
    const { rows } = await world.database.owner.query(
      "select body->>'verb' as verb, body->'subject'->>'id' as subject from webhook_deliveries where body->>'verb' like 'conversation.%' or body->>'verb' like 'answer.%' or body->>'verb' like 'contact.%'",
    )
    expect(rows.map(({ verb }) => verb)).toEqual(['conversation.noted'])
    expect(rows.map(({ subject }) => subject)).not.toContain(walled.get('hr'))
  })

  test('has a log of its own, unbroken, and leaves no gap in that of the others', async () => {
    const seqs = (await owner.call('GET', '/orgs/{org}/events?limit=200')).body.items.map(
      ({ seq }: { seq: number }) => seq,
    )
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => seqs[0] - index))
    const seen = (await owner.call('GET', '/orgs/{org}/events/verification')).body
    const byHr = (await hr.call('GET', '/orgs/{org}/events/verification')).body
    expect(seen).toMatchObject({ ok: true, count: seqs[0] })
    expect(byHr.ok).toBe(true)
    expect(byHr.count).toBeGreaterThan(seen.count)
  })
})

/** The route as it is asked with `id` in place of every id that its sample names. */
async function ask(session: TestSession, { method, procedure }: (typeof routes)[number], id: string) {
  const { path, body } = sampleRequest(procedure, world.ours)
  const put = (text: string) => text.replaceAll(anyId, (found) => (found === world.ours ? found : id))
  const sent = body instanceof FormData || body === undefined ? body : JSON.parse(put(JSON.stringify(body)))
  const { status, body: answer } = await session.call(method, put(path), sent)
  // What is made has another id each time.
  const text = (JSON.stringify(answer) ?? '').replaceAll(id, '(id)')
  return method === 'GET' ? `${status} ${text}` : `${status} ${answer?.data?.code ?? ''}`
}

describe('every route that is asked for it by its id', () => {
  const named = routes.filter(({ name, procedure }) => {
    const path = procedure['~orpc'].route.path ?? ''
    // Several files are named in the body.
    const ofFiles = /^media\.(arrange|setRights|removeMany|restoreMany)$/.test(name)
    return (ofFiles || /\{(?!org)/.test(path)) && !/live|members|tokens|departments/.test(name)
  })

  /** Nobody who asks here changes them. */
  const behind = new Map<string, Promise<Record<string, string>>>()
  const idsBehind = (department: string) => {
    const ids = behind.get(department) ?? idsOf(walled.get(department)!)
    behind.set(department, ids)
    return ids
  }

  test('is asked', () => expect(named.length).toBeGreaterThan(100))

  test.each(named.map((at) => [at.name, at] as const))('%s answers as for what does not exist', async (_, at) => {
    const unknown = newId()
    for (const [department, name] of [
      ['hr', 'owner'],
      ['investors', 'owner'],
      ['hr', 'of investor relations'],
      ['investors', 'leads HR'],
    ] as const) {
      const session = people.get(name)!
      const verb = at.procedure['~orpc'].meta.verb as Verb
      if (!may(name === 'owner' ? 'owner' : 'manager', verb)) continue
      const expected = await ask(session, at, unknown)
      for (const [what, id] of Object.entries(await idsBehind(department)))
        expect(await ask(session, at, id), `${what} of ${department} asked for by ${name}`).toBe(expected)
    }
  })
})

describe('a wall that is taken out', () => {
  test.each([
    ['conversations', 'conversations/counts'],
    ['contact_identities', 'contacts'],
    ['contact_tags', 'contacts/tags'],
    ['media', 'media'],
  ])('is noticed by these readings: that of %s', async (table, at) => {
    const few = paths.filter((path) => /\/(conversations|contacts|events|media)\b/.test(path))
    const intact = await readAll(owner, few)
    const noticed = differences(intact, await without(table, () => readAll(owner, few)))
    expect(noticed).toContain(`/orgs/…/${at}`)
  })
})
