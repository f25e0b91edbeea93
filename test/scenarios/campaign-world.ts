// What scenarios of campaigns and of crossing points say often: an owner with an account, campaigns, posts, and what fired.

import { expect } from 'vitest'
import { addDays, dayIn } from '../../src/lib/days.ts'
import { fireCrossings } from '../../src/publishing/crossings/fire.ts'
import type { Answer } from '../world/app.ts'
import { type Person, type Running, startRunning, textOf } from './world.ts'

export async function startCampaigns() {
  const running = await startRunning()
  const owner = await running.as('owner')
  const account = await running.connect(owner)
  return scene(running, owner, account)
}

export type Campaigns = Awaited<ReturnType<typeof startCampaigns>>

function scene(running: Running, owner: Person, account: { id: string; handle: string; token: string }) {
  const { services } = running.app
  const today = (zone = 'Europe/Berlin') => dayIn(services.clock(), zone)
  return {
    ...{ running, owner, account, services, today },
    async aCampaign(more: object = {}, by = owner): Promise<Answer['body']> {
      const days = { beginsOn: today(), endsOn: addDays(today(), 10) }
      const body = { name: `Autumn ${crypto.randomUUID()}`, kind: 'promotion', ...days, ...more }
      const answer = await by.call('POST', '/orgs/{org}/campaigns', body)
      expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
      return answer.body
    },
    async aPost(text: string, campaignId: string | null, more: object = {}): Promise<{ id: string }> {
      const belonging = { campaignId, ...more }
      const body = { content: textOf(text), variants: [{ accountId: account.id }], belonging }
      const answer = await owner.call('POST', '/orgs/{org}/posts', body)
      expect(answer).toMatchObject({ status: 201 })
      return answer.body
    },
    schedule: (id: string, when: object = { kind: 'now' }) =>
      owner.call('POST', `/orgs/{org}/posts/${id}/schedule`, { when }),
    async point(key: string): Promise<Answer['body']> {
      const points: { key: string | null }[] = (await owner.call('GET', '/orgs/{org}/crossings')).body
      return points.find((each) => each.key === key)
    },
    firingsOf: async (pointId: string): Promise<Answer['body']> =>
      (await owner.call('GET', `/orgs/{org}/crossing-firings?pointId=${pointId}`)).body.items,
    told: async (person: Person): Promise<string[]> =>
      (await person.call('GET', '/orgs/{org}/notifications')).body.items.map(({ kind }: { kind: string }) => kind),
    /** Replies of somebody else at the network itself. */
    async answer(remoteId: string, count: number): Promise<void> {
      const { handle } = running.network.createAccount()
      const authorization = `Bearer ${running.network.signIn(handle).access}`
      for (let number = 0; number < count; number++) {
        const body = JSON.stringify({ text: `Nice ${number}`, replyTo: remoteId })
        const init = { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body }
        expect((await fetch(`${running.network.url}/api/posts`, init)).status).toBe(201)
      }
    },
    cross: () => fireCrossings(services),
  }
}
