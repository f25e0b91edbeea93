// Journey: a visitor asks, somebody makes a brief of it and a post from that, and the stock of the account tells of it.

import { expect, test } from 'vitest'
import { picture, screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { setStage } from './stage.ts'

const org = '/o/harbour-outdoor'

describeJourney('briefs', () => {
  const held: { account?: Account } = {}
  const stage = setStage({}, async ({ example }) => {
    held.account = await connectPractice(example, 'harbour')
    await example.call('PATCH', `/orgs/${example.org.id}/accounts/${held.account.id}`, { name: 'Harbour' })
  })

  test('from a visitor’s question to a scheduled post, and a warning when it is said again', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${org}/briefs`)
    await page.getByText('No briefs yet').waitFor()
    await page.getByRole('button', { name: 'Ask visitors' }).click()
    await page.getByRole('switch', { name: 'The page is open' }).click()
    await page.getByText('Its address').waitFor()
    await page.keyboard.press('Escape')

    const { page: visitor } = await stage.visit(screens.phone)
    await visitor.goto('/ask/harbour-outdoor')
    await visitor.getByLabel('Your question').first().waitFor()
    await picture(visitor, 'briefs visitor', 'test-results/briefs')
    await visitor.getByRole('textbox', { name: 'Your question' }).fill('How do I wash a rain jacket?')
    await visitor.getByRole('button', { name: 'Send the question' }).click()
    await visitor.getByText('Your question has arrived').waitFor()

    await page.reload()
    await picture(page, 'briefs list', 'test-results/briefs')
    await page.getByRole('link', { name: 'How do I wash a rain jacket?' }).click()
    await page.getByRole('link', { name: 'Write from this brief' }).click()
    await page.getByText('The brief').waitFor()
    await page
      .getByRole('textbox', { name: 'Text', exact: true })
      .fill('Thirty degrees, no softener, warm air afterwards.')
    await page.locator('.lr-save[data-state="saved"]').waitFor()
    await picture(page, 'briefs composer', 'test-results/briefs')
    await page.getByRole('button', { name: 'Schedule', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: /Thirty degrees/ }).waitFor()
    await picture(page, 'briefs post', 'test-results/briefs')

    await page.getByRole('button', { name: 'Reuse' }).click()
    await page.getByRole('menuitem', { name: 'Use again' }).click()
    await page.getByText('Said already, word for word').waitFor()
    await picture(page, 'briefs again', 'test-results/briefs')
    await page.getByRole('button', { name: 'Schedule', exact: true }).click()
    await page.getByRole('dialog', { name: 'Send the same words again?' }).waitFor()
    await page.getByRole('button', { name: 'Send it again' }).click()
    await page.getByRole('heading', { level: 1, name: /Thirty degrees/ }).waitFor()

    await page.goto(`${org}/briefs`)
    await page.getByText('In work').first().waitFor()
    const slots = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, time: '08:30' }))
    await stage.example.call('PATCH', `/orgs/${stage.example.org.id}/accounts/${held.account!.id}`, { slots })
    const dueOn = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
    await stage.example.call('POST', `/orgs/${stage.example.org.id}/briefs`, { title: 'Opening of the hut', dueOn })
    await page.goto(`${org}/today`)
    await page.getByText('2 posts for 2 days').waitFor()
    await page.getByText('Opening of the hut').waitFor()
    await page.getByText('Material missing').waitFor()
    await picture(page, 'briefs today', 'test-results/briefs')
    await page.goto(`${org}/stock`)
    await page.getByText('2 posts ready').waitFor()
    await picture(page, 'stock', 'test-results/briefs')
    for (const [name, screen] of Object.entries(screens)) {
      const { page: other } = await stage.visitAs(exampleOwner, screen)
      await other.goto(`${org}/stock`)
      await other.getByText('2 posts ready').waitFor()
      await picture(other, `stock ${name}`, 'test-results/briefs')
    }
    expect(stage.example.network.posts()).toEqual([])
  })
})
