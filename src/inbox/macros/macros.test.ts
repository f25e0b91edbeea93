// Macros: what each step does is seen before it is done; done in order, each on record; the first that cannot be done ends it; nothing is sent.

import { expect, test } from 'vitest'
import { asSystem } from '../../db/tx.ts'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying } from '../said.testing.ts'
import { planSteps, type Standing, stepsFault } from './rules.ts'
import type { MacroStep } from './types.ts'

const by = (id: string) => ({ id, handle: id, name: id, url: null, followers: null })
useInbox(() => keep(['ann', 'ben', 'cy'].map((id) => saying(saidOf(id, { author: by(id) })))))

const talkWith = async (name: string): Promise<string> => {
  const { items } = (await owner.call('GET', '/orgs/{org}/conversations?state=all')).body
  return `/orgs/{org}/conversations/${items.find((each: { contact: { name: string } }) => each.contact.name === name).id}`
}
const make = async (steps: MacroStep[], name = 'Late parcel') =>
  (await owner.call('POST', '/orgs/{org}/macros', { name, steps })).body
const saved = async (title = 'Late') =>
  (await owner.call('POST', '/orgs/{org}/saved-replies', { title, body: 'Dear {{contact.name}}' })).body.id

test('its steps are seen, then done in order with their own record; the answer it begins waits for a person', async () => {
  const department = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })).body
  const path = await talkWith('ann')
  const macro = await make([
    { kind: 'owner', to: 'me' },
    { kind: 'department', departmentId: department.id },
    { kind: 'priority', priority: 'high' },
    { kind: 'tags', tags: ['parcel'] },
    { kind: 'reply', replyId: await saved() },
    { kind: 'note', note: 'Ask the post' },
    { kind: 'snooze', hours: 24 },
  ])
  const preview = (await owner.call('GET', `${path}/macros/${macro.id}`)).body
  expect(preview.map(({ effect, words }: Record<string, string>) => [effect, words])).toEqual([
    ...[
      ['does', null],
      ['does', null],
      ['does', null],
      ['does', null],
      ['does', 'Dear ann'],
      ['does', null],
      ['does', null],
    ],
  ])
  expect((await owner.call('GET', path)).body).toMatchObject({ owner: null, state: 'open' })
  const ran = await owner.call('POST', `${path}/macros/${macro.id}/run`, { text: 'Hm.' })
  expect(ran.body).toMatchObject({
    conversation: {
      owner: { id: owner.memberId },
      department: { name: 'Service' },
      state: 'snoozed',
      priority: 'high',
      tags: ['parcel'],
    },
    steps: Array.from({ length: 7 }, () => ({ effect: 'did' })),
  })
  expect((await owner.call('GET', `${path}/draft`)).body.text).toBe('Hm.\n\nDear ann')
  expect((await owner.call('GET', `${path}/answers`)).body.items).toEqual([])
  const history = (await owner.call('GET', `${path}/history`)).body.items
  expect(history.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
    'department',
    'note',
    'owner',
    'priority',
    'state',
    'tags',
  ])
  const again = (await owner.call('GET', `${path}/macros/${macro.id}`)).body
  expect(again.map(({ effect }: { effect: string }) => effect)).toEqual([
    'is-so',
    'is-so',
    'is-so',
    'is-so',
    'does',
    'does',
    'does',
  ])
})

test('a step that cannot be done ends it, and what came before stays done', async () => {
  const path = await talkWith('ben')
  const replyId = await saved('To retire')
  const macro = await make([
    { kind: 'note', note: 'Begun' },
    { kind: 'reply', replyId },
    { kind: 'close', reason: 'answered' },
  ])
  await owner.call('POST', `/orgs/{org}/saved-replies/${replyId}/retire`, {})
  const { body } = await owner.call('POST', `${path}/macros/${macro.id}/run`, {})
  expect(body.steps).toMatchObject([
    { effect: 'did' },
    { effect: 'cannot', code: 'reply-retired' },
    { effect: 'cannot', code: 'step-before-failed' },
  ])
  expect(body.conversation.state).toBe('open')
  expect((await owner.call('GET', `${path}/history`)).body.items).toMatchObject([{ note: 'Begun' }])
  // Whoever may not answer begins no answer.
  const approver = await world.as('approver')
  const other = await make([{ kind: 'reply', replyId: await saved('Offered') }], 'Begin')
  const refused = await approver.call('POST', `${path}/macros/${other.id}/run`, {})
  expect(refused.body.steps).toMatchObject([{ effect: 'cannot', code: 'role-forbids' }])
})

test('one that is retired is not run, and comes back; contradicting steps are refused', async () => {
  const path = await talkWith('cy')
  const macro = await make([{ kind: 'close', reason: 'spam' }], 'Spam')
  await owner.call('POST', `/orgs/{org}/macros/${macro.id}/retire`, {})
  const refused = await owner.call('POST', `${path}/macros/${macro.id}/run`, {})
  expect(refused.body.data).toMatchObject({ code: 'macro-retired' })
  await owner.call('POST', `/orgs/{org}/macros/${macro.id}/restore`, {})
  expect((await owner.call('POST', `${path}/macros/${macro.id}/run`, {})).body.conversation.reason).toBe('spam')
  const both = {
    name: 'Both',
    steps: [
      { kind: 'close', reason: 'answered' },
      { kind: 'snooze', hours: 1 },
    ],
  }
  expect((await owner.call('POST', '/orgs/{org}/macros', both)).body.data).toMatchObject({ code: 'steps-contradict' })
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', '/orgs/{org}/macros')).body).toEqual([])
  const planned = await asSystem(world.services.db, (tx) => tx.selectFrom('answers').selectAll().execute())
  expect(planned).toEqual([])
})

test('a plan goes on from what the steps before it did', () => {
  const open: Standing = {
    state: 'open',
    reason: null,
    ownerId: null,
    departmentId: null,
    priority: 'normal',
    tags: ['a'],
  }
  const all = new Set(['me', 'you'])
  const around = { me: 'me', members: all, departments: all, replies: all, mayAnswer: true }
  const effects = (steps: MacroStep[], standing = open) =>
    planSteps(steps, standing, around).map(({ effect, code }) => code ?? effect)
  const mine: MacroStep = { kind: 'owner', to: 'me' }
  expect(effects([mine, { kind: 'owner', to: 'me' }])).toEqual(['does', 'is-so'])
  expect(effects([{ kind: 'owner', to: null }])).toEqual(['is-so'])
  expect(effects([{ kind: 'owner', to: 'nobody-here' }, mine])).toEqual(['not-in-organisation', 'step-before-failed'])
  expect(effects([{ kind: 'close', reason: 'answered' }], { ...open, state: 'closed' })).toEqual(['is-so'])
  expect(effects([{ kind: 'department', departmentId: 'gone' }])).toEqual(['department-not-found'])
  expect(
    effects([
      { kind: 'tags', tags: ['a'] },
      { kind: 'tags', tags: ['a', 'b'] },
    ]),
  ).toEqual(['is-so', 'does'])
  expect(effects([{ kind: 'priority', priority: 'normal' }])).toEqual(['is-so'])
  expect(stepsFault([mine, { kind: 'note', note: 'x' }, { kind: 'note', note: 'y' }])).toBeNull()
  expect(stepsFault([mine, { kind: 'owner', to: null }])).toBe('steps-contradict')
})
