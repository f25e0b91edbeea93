// Journeys: bringing people in by a link, software by a token and a webhook, and seeing in the activity who did what.

import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { startReceiver } from '../world/receiver.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { eventually, setStage } from './stage.ts'

const settings = '/o/harbour-outdoor/settings'

describeJourney('running an organisation', () => {
  const stage = setStage()

  test('an invitation is handed on as a link, accepted with a new password, and used up', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${settings}/members`)
    await page.getByRole('button', { name: 'Invite' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail address').fill('newcomer@example.org')
    await dialog.getByRole('combobox', { name: 'Role' }).click()
    await page.getByRole('option', { name: 'Contributor' }).click()
    await dialog.getByRole('button', { name: 'Invite' }).click()
    const link = await dialog.getByLabel('Invitation link').inputValue()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('table', { name: 'Open invitations' }).getByText('newcomer@example.org').waitFor()

    const newcomer = await stage.visit()
    await newcomer.page.goto(link)
    await newcomer.page.getByRole('heading', { name: 'Join Harbour Outdoor' }).waitFor()
    await newcomer.page.getByLabel('Your name').fill('The newcomer')
    await newcomer.page.getByLabel('Password', { exact: true }).fill('a password of their own')
    await newcomer.page.getByRole('button', { name: 'Join' }).click()
    await newcomer.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()

    const late = await stage.visit()
    await late.page.goto(link)
    await late.page.getByText('This invitation was already used.').waitFor()

    await page.reload()
    const row = page.getByRole('table', { name: 'Members' }).getByRole('row', { name: /The newcomer/ })
    expect(await row.textContent()).toContain('Contributor')
  })

  test('an API token is shown once, works within its scopes, and no longer after it was revoked', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    const { address, org } = stage.example
    await page.goto(`${settings}/tokens`)
    await page.getByRole('button', { name: 'Create token' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('A spreadsheet')
    await dialog.getByRole('radiogroup', { name: 'Access to posts' }).getByText('Read', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Create token' }).click()
    const token = await dialog.getByRole('textbox', { name: 'Token' }).inputValue()
    await dialog.getByRole('button', { name: 'Done' }).click()

    const ask = (method: string, path: string) =>
      fetch(`${address}/api/v1/orgs/${org.id}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: method === 'POST' ? JSON.stringify({ content: { segments: [{ text: 'x', media: [] }] } }) : null,
      })
    expect((await ask('GET', '/posts')).status).toBe(200)
    const refused = await ask('POST', '/posts')
    expect([refused.status, await refused.json()]).toMatchObject([403, { data: { code: 'scope-missing' } }])

    await page.reload()
    const row = page.getByRole('table', { name: 'API tokens' }).getByRole('row', { name: /A spreadsheet/ })
    expect(await row.textContent()).toContain(token.slice(0, 8))
    expect(await row.textContent()).not.toContain('never')
    await row.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click()
    await page.getByText('No tokens yet').waitFor()
    expect((await ask('GET', '/posts')).status).toBe(401)
  })

  test('a webhook is tested, told of what happens, and keeps a log of failures and repetitions', async () => {
    const receiver = await startReceiver()
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${settings}/webhooks`)
    await page.getByRole('button', { name: 'Add webhook' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Address').fill('not an address')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await dialog.getByText('An address like https://example.org/hook is needed.').waitFor()
    await dialog.getByLabel('Address').fill(receiver.url)
    await dialog.getByRole('button', { name: 'Add' }).click()
    const secret = await dialog.getByLabel('Secret').inputValue()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('link', { name: receiver.url }).click()

    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('The test arrived (200).').waitFor()
    const { headers, body } = receiver.received[0]!
    const [, time, signature] = /^t=(\d+),v1=(\w+)$/.exec(headers['longrun-signature'] ?? '') ?? []
    expect(signature).toBe(createHmac('sha256', secret).update(`${time}.${body}`).digest('hex'))

    const deliveries = page.getByRole('table', { name: 'Deliveries' })
    await deliveries.getByText('Delivered (200)').first().waitFor()
    await deliveries.getByRole('button', { name: 'Content' }).first().click()
    await page.getByRole('dialog').getByText('"verb"').waitFor()
    await page.keyboard.press('Escape')

    receiver.answer = { status: 500, body: 'broken' }
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('The test did not arrive: the answer was 500.').waitFor()
    await page.getByText('Failing').waitFor()

    receiver.answer = { status: 204, body: '' }
    const before = receiver.received.length
    await deliveries.getByRole('button', { name: 'Deliver again' }).first().click()
    await eventually(() => receiver.received.length).toBeGreaterThan(before)
    await page.getByText('Active').waitFor()
    await receiver.stop()
  })

  test('the activity says who did what, filters it, and proves that nothing was changed', async () => {
    const { call, org } = stage.example
    await call('POST', `/orgs/${org.id}/departments`, { name: 'Service' })
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/activity')
    const table = page.getByRole('table', { name: 'Activity' })
    await table.getByRole('row', { name: /Owner .*Service/ }).waitFor()
    await page.getByRole('combobox', { name: 'Verb' }).fill('organisation.created')
    await eventually(() => table.getByRole('row').count()).toBe(2)
    expect(new URL(page.url()).searchParams.get('verb')).toBe('organisation.created')
    await page.getByRole('button', { name: 'Clear' }).click()
    await table.getByRole('row', { name: /Owner .*Service/ }).waitFor()
    await page.getByRole('button', { name: 'Check that nothing was changed' }).click()
    await page.getByText(/\d+ entries, unbroken\./).waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: /CSV/ }).click()
    expect((await download).suggestedFilename()).toMatch(/^activity.*\.csv$/)
  })
})
