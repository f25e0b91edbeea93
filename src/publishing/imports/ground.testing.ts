// The ground for tests of imports: two organisations with an account and a campaign each, and the steps of an import.

import { expect } from 'vitest'
import { type Person, type Running, startRunning } from '../../../test/scenarios/world.ts'
import { asSystem } from '../../db/tx.ts'
import { importRows } from './run-import.ts'
import { removeRows } from './undo-import.ts'

export type ImportGround = Awaited<ReturnType<typeof importGround>>

export async function importGround({ allow = [] }: { allow?: string[] } = {}) {
  const world = await startRunning({ allow })
  const owner = await world.as('owner')
  const contributor = await world.as('contributor')
  const stranger = await world.as('owner', world.app.theirs)
  const account = await world.connect(owner)
  const theirs = await world.connect(stranger)
  const campaignId = crypto.randomUUID()
  await aCampaign(world, owner, { id: campaignId, name: 'Spring fair' })
  await aCampaign(world, stranger, { id: crypto.randomUUID(), name: 'Their fair' })
  return { world, owner, contributor, stranger, account, theirs, campaignId, ...stepsOf(world) }
}

const aCampaign = (world: Running, person: Person, { id, name }: { id: string; name: string }) =>
  asSystem(world.app.services.db, (tx) =>
    tx
      .insertInto('campaigns')
      .values({
        ...{
          org_id: person.orgId,
          id,
          name,
          kind: 'other',
          begins_on: '2030-01-01',
          ends_on: '2030-12-31',
          time_zone: 'UTC',
        },
        ...{ owner_id: person.memberId, created_by: person.memberId },
      })
      .execute(),
  )

function stepsOf(world: Running) {
  async function open(person: Person, content: string | Uint8Array, name = 'posts.csv') {
    const form = new FormData()
    form.set('file', new File([content as BlobPart], name, { type: 'text/csv' }))
    return person.call('POST', '/orgs/{org}/imports', form)
  }

  const change = (person: Person, id: string, settings: object) =>
    person.call('PATCH', `/orgs/{org}/imports/${id}`, { settings })
  const check = async (person: Person, id: string) =>
    (await person.call('POST', `/orgs/{org}/imports/${id}/check`)).body
  const read = async (person: Person, id: string) => (await person.call('GET', `/orgs/{org}/imports/${id}`)).body

  /** As the background does it. */
  async function ran(person: Person, id: string) {
    const begun = await person.call('POST', `/orgs/{org}/imports/${id}/run`)
    expect(begun.status, JSON.stringify(begun.body)).toBe(200)
    expect(begun.body.state).toBe('running')
    await importRows(world.app.services, person.orgId, id)
    return read(person, id)
  }

  async function undone(person: Person, id: string) {
    const begun = await person.call('POST', `/orgs/{org}/imports/${id}/undo`)
    expect(begun.status, JSON.stringify(begun.body)).toBe(200)
    await removeRows(world.app.services, person.orgId, id)
    return read(person, id)
  }

  const postsOf = (importId: string) =>
    asSystem(world.app.services.db, (tx) =>
      tx.selectFrom('posts').selectAll().where('import_id', '=', importId).orderBy('import_row').execute(),
    )
  return { open, change, check, read, ran, undone, postsOf }
}
