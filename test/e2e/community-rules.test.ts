// Journey: rules of a community are said for an account; a comment that seems to break one is hidden, put back, and let stand.

import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { eventually, type Stage, setStage } from './stage.ts'

describeJourney('rules of a community', () => {
  const stage = setStage({}, async ({ example: { network, ...example } }) => {
    await connectPractice({ network, ...example }, 'lantern')
    const post = network.say('lantern', 'The new lantern is here')
    network.createAccount('mara')
    network.say('mara', 'See https://a.example and https://b.example', { replyTo: post.id })
  })

  test('are said for an account, with a way back', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/settings/community-rules')
    await page.getByRole('button', { name: /Change the rules of lantern/ }).click()
    await page.getByRole('switch', { name: 'Few links' }).check()
    await page.getByLabel('Links in one comment at most').fill('1')
    await page.getByRole('checkbox', { name: 'No empty praise' }).check()
    await page.getByRole('button', { name: 'Add a rule of your own' }).click()
    await page.getByLabel('The rule', { exact: true }).fill('No politics')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('listitem').filter({ hasText: 'At most 1 link' }).waitFor()
    await page.getByText('No politics').waitFor()
  })

  test('name a comment with the reason; hidden, shown again, and let stand', async () => {
    await readUntilThere(stage)
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/inbox')
    await page.getByRole('link', { name: 'mara' }).first().click()
    const told = page.getByRole('group', { name: 'Seems to break your rules' })
    await told.getByText('2 links; at most 1 is allowed').waitFor()
    const hidden = () => stage.example.network.posts().find(({ text }) => text.startsWith('See'))?.hidden ?? false
    await told.getByRole('button', { name: 'Hide it' }).click()
    await eventually(hidden).toBe(true)
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually(hidden).toBe(false)
    await told.getByRole('button', { name: 'Let it stand' }).click()
    await told.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await told.waitFor()
  })

  test('wide, on a phone, in the dark', async () => {
    for (const look of looks) {
      const { page } = await stage.visitAs(exampleOwner, look.screen)
      await page.goto('/o/harbour-outdoor/settings/community-rules')
      await page.getByRole('button', { name: /Change the rules of lantern/ }).click()
      await page.getByLabel('The rule', { exact: true }).waitFor()
      await page.evaluate(() => window.scrollTo(0, 0))
      expect(await judgePage(page, `community rules ${look.width}`, look)).toEqual([])
      await page.goto('/o/harbour-outdoor/inbox')
      await page.getByRole('link', { name: 'mara' }).first().click()
      await page.getByRole('group', { name: 'Seems to break your rules' }).waitFor()
      await page.evaluate(() => window.scrollTo(0, 0))
      expect(await judgePage(page, `comment that breaks a rule ${look.width}`, look)).toEqual([])
    }
  })
})

/** Accounts are read twice a minute; a journey need not wait for that. */
async function readUntilThere({ database, example }: Stage): Promise<void> {
  await eventually(async () => {
    await asSystem(database.db, (tx) => tx.updateTable('inbox_readings').set({ due_at: new Date() }).execute())
    const path = `/orgs/${example.org.id}/conversations`
    return (await example.call<{ items: unknown[] }>('GET', path)).items.length
  }).toBe(1)
}
