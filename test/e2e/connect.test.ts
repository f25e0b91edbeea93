// Journeys: connecting accounts by a form and by consent at the network, and connecting one again without losing its posts.

import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { type MastodonDouble, startMastodonDouble } from '../../src/connectors/mastodon/double/server.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { eventually, setStage } from './stage.ts'

const accounts = '/o/harbour-outdoor/accounts'

const chooseNetwork = async (page: Page, name: string) => {
  await page.goto(`${accounts}/connect`)
  await page.getByRole('link', { name, exact: true }).click()
}

describeJourney('connecting accounts', () => {
  const held: { double?: MastodonDouble } = {}
  const stage = setStage({}, async () => {
    held.double = await startMastodonDouble({ accounts: ['harbour'] })
  })
  afterAll(() => held.double?.stop())

  test('by a form: a wrong token is said at its field and nothing else is lost; then it works', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    const { network } = stage.example
    const account = network.createAccount('harbour')
    await chooseNetwork(page, 'Practice network')
    await page.getByLabel('Server').fill(network.url)
    await page.getByLabel('Handle').fill(`@${account.handle}`)
    await page.getByRole('textbox', { name: 'Token' }).fill('not the token')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    const token = page.getByRole('textbox', { name: 'Token' })
    await eventually(() => token.getAttribute('aria-invalid')).toBe('true')
    const complaint = page.locator(`[id="${(await token.getAttribute('aria-describedby'))?.trim().split(' ')[0]}"]`)
    expect(await complaint.textContent()).toMatch(/token/i)
    expect(await page.getByLabel('Server').inputValue()).toBe(network.url)
    expect(await page.getByLabel('Handle').inputValue()).toBe('@harbour')

    await token.fill(account.token)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'harbour', level: 1 }).waitFor()
    await page.getByText('harbour is connected').waitFor()
    await page.getByText('Connected', { exact: true }).waitFor()
    await page.getByRole('heading', { name: 'What it takes' }).waitFor()
    await page.goto(accounts)
    await page
      .getByRole('table', { name: 'Accounts' })
      .getByRole('link', { name: /harbour/ })
      .waitFor()
  })

  test('by consent at the network: a refusal leads back with what was typed; consent leads to the account', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    const double = held.double!
    await chooseNetwork(page, 'Mastodon')
    await page.getByRole('textbox', { name: 'Your server' }).fill(double.url)
    await page.getByRole('button', { name: 'Go to Mastodon' }).click()
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByRole('heading', { name: 'Not connected', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Try again' }).click()
    await eventually(() => page.getByRole('textbox', { name: 'Your server' }).inputValue()).toBe(double.url)
    await page.getByRole('button', { name: 'Go to Mastodon' }).click()
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.waitForURL('**/accounts/*')
    await page.getByText(/is connected$/).waitFor()
    await page.getByText('Connected', { exact: true }).waitFor()
    await page.getByText('write:statuses').waitFor()
    expect(double.violations ?? []).toEqual([])
  })

  test('again, after the network took the access away: what was scheduled stays and is named meanwhile', async () => {
    const { call, org, network } = stage.example
    const { handle, token } = network.createAccount('wanderer')
    const values = { url: network.url, handle, token }
    const account = { connector: 'fake', method: 'token', values }
    const { id } = await call<{ id: string }>('POST', `/orgs/${org.id}/accounts`, account)
    const draft = { content: { segments: [{ text: 'Later', media: [] }] }, variants: [{ accountId: id }] }
    const post = await call<{ id: string }>('POST', `/orgs/${org.id}/posts`, draft)
    const when = { kind: 'at', wall: `${new Date().getFullYear() + 1}-03-01T09:00`, zone: 'Europe/Berlin' }
    await call('POST', `/orgs/${org.id}/posts/${post.id}/schedule`, { when })

    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${accounts}/${id}`)
    const check = page.getByRole('button', { name: 'Check now' })
    await check.waitFor()
    // Taken away with the page open: whoever reads the account's inbox finds it out as well, and then the page has no such button.
    network.revoke('wanderer')
    await check.click()
    await page.getByText('1 post waits for it and stays as it is planned.').waitFor()
    await page.getByRole('link', { name: 'Reconnect' }).first().click()
    await page.getByRole('heading', { name: 'Reconnect wanderer', level: 1 }).waitFor()
    expect(await page.getByLabel('Server').inputValue()).toBe(network.url)
    expect(await page.getByLabel('Handle').inputValue()).toBe('@wanderer')
    await page.getByRole('textbox', { name: 'Token' }).fill(token)
    await page.getByRole('button', { name: 'Reconnect', exact: true }).click()
    await page.getByText('wanderer is connected').waitFor()
    await page.getByText('Connected', { exact: true }).waitFor()
    expect(await call('GET', `/orgs/${org.id}/posts/${post.id}`)).toMatchObject({
      state: 'scheduled',
      dueWall: expect.stringContaining('03-01T09:00'),
    })
  })
})
