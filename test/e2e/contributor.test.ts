// Journey: a contributor writes and sees why the rest is somebody else's; the server holds it too.

import { expect, test } from 'vitest'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice } from './example.ts'
import { addColleague, type Colleague } from './people.ts'
import { dayAhead, read, schedule, write } from './posts.ts'
import { setStage } from './stage.ts'

const org = '/o/harbour-outdoor'

describeJourney('a contributor', () => {
  const held: { person?: Colleague; account?: Account } = {}
  const stage = setStage({}, async ({ example }) => {
    held.account = await connectPractice(example, 'harbour')
    held.person = await addColleague(example, 'contributor')
  })

  test('writes a draft, can only ask for approval, and finds no button elsewhere', async () => {
    const { page } = await stage.visitAs(held.person!)
    await page.goto(`${org}/compose`)
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('An idea of a contributor')
    await page.locator('.lr-save[data-state="saved"]').waitFor()
    expect(await page.getByRole('button', { name: 'Schedule', exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: 'Ask for approval' }).waitFor()

    const post = await write(stage.example, [held.account!.id], 'Written by the owner')
    await page.goto(`${org}/posts/${post.id}`)
    await page.getByRole('link', { name: 'Edit' }).waitFor()
    for (const name of ['Send now', 'Hold', 'Release'])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)

    await page.goto(`${org}/accounts/connect`)
    await page.getByText('Your role does not connect accounts').waitFor()
    await page.goto(`${org}/settings/members`)
    await page.getByRole('table', { name: 'Members' }).waitFor()
    expect(await page.getByRole('button', { name: 'Invite' }).count()).toBe(0)
    expect(stage.example.network.posts()).toEqual([])
  })

  test('asks for the same words a second time only after saying so', async () => {
    const { example } = stage
    const [first, second] = [
      await write(example, [held.account!.id], 'Said twice'),
      await write(example, [held.account!.id], 'Said twice'),
    ]
    await schedule(example, first, { kind: 'at', wall: `${dayAhead(2)}T10:00`, zone: 'Europe/Berlin' })
    const { page } = await stage.visitAs(held.person!, screens.phone)
    await page.goto(`${org}/compose?post=${second.id}&date=${dayAhead(2)}`)
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    const question = page.getByRole('dialog', { name: 'Ask for the same words again?' })
    await question.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    await question.getByRole('button', { name: 'Ask all the same' }).click()
    await page.getByText('Asked for approval').waitFor()
    expect((await read(example, second.id)).state).toBe('in-review')
  })

  test('is refused by the API whatever a page might offer', async () => {
    const { address, org: organisation } = stage.example
    const post = await write(stage.example, [held.account!.id], 'Stays a draft')
    const ask = async (method: string, path: string, body: unknown) => {
      const answer = await fetch(`${address}/api/v1/orgs/${organisation.id}${path}`, {
        method,
        headers: { authorization: `Bearer ${held.person!.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return [answer.status, ((await answer.json()) as { data?: { code?: string } }).data?.code]
    }
    const forbidden = [403, 'role-forbids']
    expect(await ask('POST', `/posts/${post.id}/schedule`, { when: { kind: 'now' } })).toEqual(forbidden)
    expect(await ask('POST', `/posts/${post.id}/cancel`, { reason: '' })).toEqual(forbidden)
    expect(await ask('POST', '/invitations', { email: 'friend@example.org', role: 'owner' })).toEqual(forbidden)
    expect(await ask('DELETE', `/accounts/${held.account!.id}`, {})).toEqual(forbidden)
  })
})
