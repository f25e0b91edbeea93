// Journey: whoever spoke stands among the contacts, gets a note, a tag and a consent, and a department's wall is put up in its words.

import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { picture } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { setStage } from './stage.ts'

describeJourney('contacts', () => {
  const stage = setStage({}, async ({ example, database }) => {
    await connectPractice(example, 'lantern')
    example.network.createAccount('mara')
    const post = example.network.say('lantern', 'The new lantern is here')
    example.network.say('mara', 'Does it burn in the rain?', { replyTo: post.id })
    await asSystem(database.db, (tx) => tx.updateTable('inbox_readings').set({ due_at: new Date() }).execute())
  })

  test('somebody who spoke is found, and what is kept of them stands there', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/inbox')
    await page.getByText('Does it burn in the rain?').waitFor()
    await page.goto('/o/harbour-outdoor/contacts?q=mar')
    await page.getByRole('link', { name: 'mara' }).first().click()
    await page.getByLabel('New note').fill('Camps in the rain')
    await page.getByRole('button', { name: 'Write note' }).click()
    await page.getByText('Camps in the rain').first().waitFor()
    await page.getByLabel('New tag').fill('regular')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Take the tag regular away' }).waitFor()
    await page.getByRole('button', { name: 'Note a consent' }).click()
    await page.getByLabel('What for').fill('Showing their photo')
    await page.getByRole('button', { name: 'Note it' }).click()
    await page.getByText('Showing their photo').waitFor()
    if (process.env.PICTURES) await picture(page, 'contact')
    for (const look of looks) {
      const { page: seen } = await stage.visitAs(exampleOwner, look.screen)
      await seen.goto(page.url())
      await seen.getByText('Camps in the rain').waitFor()
      expect(await judgePage(seen, `contact ${look.width}`, look)).toEqual([])
    }
  })
})
