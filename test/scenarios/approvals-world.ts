// What scenarios of approval share: a running Longrun, people of several roles, lanes and requests.

import { afterAll, afterEach, expect } from 'vitest'
import { asSystem, inOrg } from '../../src/db/tx.ts'
import type { Role } from '../../src/people/permissions.ts'
import { tendRequests } from '../../src/publishing/approvals/tend.ts'
import type { Answer } from '../world/app.ts'
import { expectWell, newPost, type Person, type Running, startRunning, textOf } from './world.ts'

export interface Stage {
  running: Running
  owner: Person
  author: Person
  account: string
  /** A new member of a role, of a department if it is named. */
  member(role: Role, departmentId?: string): Promise<Person>
  lane(more?: object): Promise<{ id: string }>
  guardrail(more: object): Promise<{ id: string }>
  /** A post of the author with these words. */
  write(text: string, more?: object): Promise<Answer['body']>
  ask(person: Person, postId: string, more?: object): Promise<Answer>
  /** The newest request of a post, as a person sees it. */
  request(postId: string, person?: Person): Promise<Answer['body']>
  vote(person: Person, requestId: string, vote?: 'approve' | 'reject', reason?: string): Promise<Answer>
  post(id: string): Promise<Answer['body']>
  /** What the minute job does. */
  minute(): Promise<number>
  /** Kinds of the notifications of a person, oldest first. */
  told(person: Person): Promise<string[]>
  /** Takes every lane and guardrail away. */
  clear(): Promise<void>
}

export async function setStage(): Promise<Stage> {
  const running = await startRunning({ mail: true })
  const owner = await running.as('owner')
  const author = await running.as('contributor')
  const account = (await running.connect(owner)).id
  return {
    ...{ running, owner, author, account },
    ...verbsOf({ running, owner, author, account }),
    ...looksOf(running, owner),
    async member(role, departmentId) {
      const person = await running.as(role)
      if (departmentId) {
        const to = { departmentId }
        expect((await owner.call('PATCH', `/orgs/{org}/members/${person.memberId}`, to)).status).toBe(200)
      }
      return person
    },
  }
}

/** After each test no worker goes on, no lane is left, and no request had failed. The stage is made before the tests, hence the call. */
export function leaveClean(stage: () => Stage): void {
  afterEach(async () => {
    await stage().running.stopWork()
    await stage().clear()
    await expectWell(stage().running)
  })
  afterAll(() => stage().running.close())
}

async function made(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

const verbsOf = ({ running, owner, author, account }: Pick<Stage, 'running' | 'owner' | 'author' | 'account'>) => ({
  lane: (more: object = {}): Promise<{ id: string }> =>
    made(
      owner.call('POST', '/orgs/{org}/lanes', {
        ...{ name: `Lane ${crypto.randomUUID()}`, kind: 'ordinary', scopes: [{ scope: 'organisation', id: null }] },
        steps: [{ approvers: [{ kind: 'role', role: 'approver' }] }],
        ...more,
      }),
    ),
  guardrail: (more: object): Promise<{ id: string }> =>
    made(owner.call('POST', '/orgs/{org}/guardrails', { name: `Rule ${crypto.randomUUID()}`, settings: {}, ...more })),
  write: (text: string) => newPost(author, [account], textOf(text)),
  ask: (person: Person, postId: string, more: object = {}) =>
    person.call('POST', `/orgs/{org}/posts/${postId}/ask`, { when: { kind: 'now' }, ...more }),
  vote: (person: Person, requestId: string, vote: 'approve' | 'reject' = 'approve', reason = '') =>
    person.call('POST', `/orgs/{org}/approvals/${requestId}/vote`, { vote, reason }),
  minute: () => tendRequests(running.app.services),
  clear: () =>
    asSystem(running.app.services.db, async (tx) => {
      await tx.updateTable('guardrails').set({ removed_at: new Date() }).execute()
      await tx.deleteFrom('lane_assignments').execute()
      await tx.updateTable('lanes').set({ retired_at: new Date() }).execute()
    }),
})

const looksOf = ({ app }: Running, owner: Person) => ({
  post: async (id: string): Promise<Answer['body']> => (await owner.call('GET', `/orgs/{org}/posts/${id}`)).body,
  async request(postId: string, person = owner): Promise<Answer['body']> {
    const { status, body } = await person.call('GET', `/orgs/{org}/posts/${postId}/approvals`)
    expect(status, JSON.stringify(body)).toBe(200)
    return body[0]
  },
  told: (person: Person): Promise<string[]> =>
    inOrg(app.services.db, person.orgId, async (tx) => {
      const rows = await tx
        .selectFrom('notifications')
        .select('kind')
        .where('org_id', '=', person.orgId)
        .where('member_id', '=', person.memberId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(({ kind }) => kind)
    }),
})

/** A wall time so many hours from now, in UTC, by Longrun's clock. */
export const inHours = ({ running }: Stage, hours: number): { kind: 'at'; wall: string; zone: string } => ({
  kind: 'at',
  wall: new Date(Date.now() + running.moved.ms + hours * 3_600_000).toISOString().slice(0, 16),
  zone: 'UTC',
})

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
