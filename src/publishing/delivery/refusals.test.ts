// A network that says no, and a person who steps in: each leads to its own, explained end.

import { describe, expect, test } from 'vitest'
import { aDraft, aPracticeAccount } from '../../../test/world/practice.ts'
import { rateLimited, status } from '../../connectors/testing/faults.ts'
import { asSystem } from '../../db/tx.ts'
import { schedulePost } from '../schedule-post.ts'
import { cancelPost, holdPost, releasePost } from '../stop-post.ts'
import { createPost, savePost } from '../write-post.ts'
import {
  account,
  aScheduledPost,
  caller,
  database,
  faults,
  hurry,
  network,
  posting,
  services,
  stateOf,
  there,
  untilState,
  useGround,
  work,
} from './ground.testing.ts'

useGround()

test('who moves what waits sends nothing that somebody made a draft meanwhile', async () => {
  const content = aDraft(`A draft ${crypto.randomUUID()}`)
  const { id } = await createPost(services, caller, { content, variants: [{ accountId: account, content: null }] })
  const moving = schedulePost(services, caller, { id, when: { kind: 'now' }, only: ['scheduled'] })
  await expect(moving).rejects.toMatchObject({ code: 'changed-meanwhile', status: 409 })
  expect((await stateOf(id)).state).toBe('draft')
})

describe('a network that says no', () => {
  test('to the content ends the post with the reason', async () => {
    faults.inject(status(422, { body: JSON.stringify({ error: 'forbidden-word' }) }), { match: posting })
    const { post } = await aScheduledPost()
    work()
    await untilState(post.id, 'rejected')
    expect((await stateOf(post.id)).reason).toMatchObject({ kind: 'rejected' })
  })

  test('for now (429) rests the whole account and goes on afterwards', async () => {
    faults.inject(rateLimited(60), { match: posting })
    const { text, post } = await aScheduledPost()
    work()
    // Not the state: it is scheduled before and after.
    await expect
      .poll(async () => (await stateOf(post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ kind: 'rate-limited' })
    const other = await aScheduledPost()
    await expect
      .poll(async () => (await stateOf(other.post.id)).reason, { timeout: 10_000 })
      .toMatchObject({ code: 'rate-limited' })
    await hurry()
    await untilState(post.id, 'published')
    await untilState(other.post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('to an expired token renews it once, also with many posts at a time', async () => {
    network.expireTokens()
    const posts = await Promise.all(Array.from({ length: 8 }, () => aScheduledPost()))
    work()
    for (const { text, post } of posts) {
      await untilState(post.id, 'published')
      expect(there(text)).toHaveLength(1)
    }
  })

  test('to the account parks what was due and asks for a new connection', async () => {
    const own = await aPracticeAccount(services, caller, network, faults.url)
    const handle = (
      await asSystem(database.db, (tx) =>
        tx.selectFrom('accounts').select('handle').where('id', '=', own).executeTakeFirstOrThrow(),
      )
    ).handle
    network.revoke(handle.replace('@', ''))
    const post = await createPost(services, caller, {
      content: aDraft('to a lost account'),
      variants: [{ accountId: own, content: null }],
    })
    await schedulePost(services, caller, { id: post.id, when: { kind: 'now' } })
    work()
    await untilState(post.id, 'parked')
    const lost = await asSystem(database.db, (tx) =>
      tx.selectFrom('accounts').select('state').where('id', '=', own).executeTakeFirstOrThrow(),
    )
    expect(lost.state).toBe('needs-reconnect')
  })
})

describe('a person', () => {
  test('holds a post: it stays, and goes out when released', async () => {
    const { text, post } = await aScheduledPost()
    await holdPost(services, caller, { id: post.id, reason: 'wait for legal' })
    await work().idle()
    expect(there(text)).toHaveLength(0)
    await releasePost(services, caller, { id: post.id })
    await untilState(post.id, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('who edits a scheduled post takes it back to a draft', async () => {
    const { post } = await aScheduledPost()
    const saved = await savePost(services, caller, {
      id: post.id,
      revision: post.revision,
      content: aDraft('other words'),
    })
    expect(saved.state).toBe('draft')
    await work().idle()
    expect(there('other words')).toHaveLength(0)
  })

  test('who cancels never sees it go out', async () => {
    const { text, post } = await aScheduledPost()
    await cancelPost(services, caller, { id: post.id })
    await work().idle()
    expect(there(text)).toHaveLength(0)
  })

  test('cannot rewrite what is out', async () => {
    const { post } = await aScheduledPost()
    work()
    await untilState(post.id, 'published')
    await expect(
      savePost(services, caller, { id: post.id, revision: post.revision, content: aDraft('too late') }),
    ).rejects.toThrow('too-late-to-edit')
  })

  test('who saves an older revision is told, and nothing is overwritten', async () => {
    const { post } = await aScheduledPost()
    await savePost(services, caller, { id: post.id, revision: post.revision, content: aDraft('first tab') })
    await expect(
      savePost(services, caller, { id: post.id, revision: post.revision, content: aDraft('second tab') }),
    ).rejects.toMatchObject({ code: 'edited-elsewhere', status: 409 })
  })
})
