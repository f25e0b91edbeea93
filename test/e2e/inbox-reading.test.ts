// Journey: what is unread is seen and counted, words of a search are gone through, many are tagged at once, and nothing that was begun is lost.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { eventually, type Stage, setStage } from './stage.ts'

describeJourney('inbox, read and found', () => {
  const stage = setStage({}, async ({ example }) => {
    await connectPractice(example, 'lantern')
    await example.call('POST', `/orgs/${example.org.id}/departments`, { name: 'Workshop' })
  })
  const unread = (page: Page) => page.locator('.ib-line[data-unread]')
  const opened = (page: Page, name: string) => page.getByRole('article', { name: `Conversation with ${name}` })

  test('what is unread is bold and counted, opening reads it, and u puts it back', async () => {
    const { network } = stage.example
    const post = network.say('lantern', 'The new lantern is here')
    const [first] = ['mara', 'noor', 'otis'].map((name) => {
      network.createAccount(name)
      return network.say(name, `Does it burn in the rain, asks ${name}? In heavy rain too?`, { replyTo: post.id })
    })
    await readNow(stage)
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/inbox')
    await page.getByRole('button', { name: 'Open 3 3 unread' }).waitFor()
    await eventually(() => unread(page).count()).toBe(3)
    await page.getByRole('link', { name: 'Unread: mara' }).click()
    await opened(page, 'mara').waitFor()
    await page.getByRole('button', { name: 'Open 3 2 unread' }).waitFor()
    await eventually(() => unread(page).count()).toBe(2)
    await page.keyboard.press('u')
    await page.getByRole('button', { name: 'Open 3 3 unread' }).waitFor()
    // What comes while it is looked at is read with it.
    network.say('mara', '@lantern and in the snow?', { replyTo: first!.id })
    await readNow(stage)
    await page.getByRole('button', { name: 'Open 3 2 unread' }).waitFor()
    for (const look of looks) {
      const { page: other } = await stage.visitAs(exampleOwner, look.screen)
      await other.goto('/o/harbour-outdoor/inbox')
      await unread(other).first().waitFor()
      expect(await judgePage(other, `inbox, unread, ${look.width}`, look)).toEqual([])
    }
  })

  test('words that are sought are marked in the conversation, and f goes through them', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/inbox?q=rain')
    await page.getByRole('link', { name: 'noor' }).click()
    await page.getByText('Found: 1 of 2').waitFor()
    const current = page.locator('.ib-talks mark[data-current]')
    await current.waitFor()
    await eventually(() => page.locator('.ib-talks mark').count()).toBe(2)
    await page.keyboard.press('f')
    await page.getByText('Found: 2 of 2').waitFor()
    await eventually(() => current.count()).toBe(1)
    await page.keyboard.press('F')
    await page.getByText('Found: 1 of 2').waitFor()
    await page.evaluate(() => window.scrollTo(0, 0))
    expect(await judgePage(page, 'conversation, found', looks[0])).toEqual([])
    await page.goto('/o/harbour-outdoor/inbox?q=-snow')
    await page.getByRole('link', { name: 'noor' }).waitFor()
    await eventually(() => page.locator('.ib-line').count()).toBe(2)
  })

  test('many are tagged at once, found by the tag, and put back', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/inbox')
    await page.locator('.ib-line').first().waitFor()
    await page.keyboard.press('S')
    await page.keyboard.press('T')
    await page.getByRole('dialog', { name: 'Tag them' }).getByLabel('Tag').fill('weather')
    await page.keyboard.press('Enter')
    const changed = page.getByRole('region', { name: 'Changed together' })
    await changed.getByText('3 conversations tagged').waitFor()
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('combobox', { name: 'Tag' }).click()
    await page.getByRole('option', { name: 'weather' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Tag: weather: take away' }).waitFor()
    await eventually(() => page.locator('.ib-line').count()).toBe(3)
    await page.keyboard.press('U')
    await changed.getByText('3 conversations put back').waitFor()
    await page.getByText('No conversation fits.').waitFor()
  })

  test('a question, a note and an answer that were begun are there again after another conversation', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/inbox')
    const open = async (name: string) => {
      await page.locator('.ib-line').getByRole('link', { name }).click()
      await opened(page, name).waitFor()
    }
    await open('otis')
    await page.getByRole('button', { name: 'Ask a question' }).click()
    await page.getByRole('textbox', { name: 'Question' }).fill('Is the glass closed?')
    await page.getByLabel('A note for colleagues').fill('He has the first one')
    await page.getByLabel('Answer to otis').fill('Dear Otis')
    await open('noor')
    expect(await page.getByLabel('A note for colleagues').inputValue()).toBe('')
    await open('otis')
    await page.reload()
    await opened(page, 'otis').waitFor()
    expect(await page.getByRole('textbox', { name: 'Question' }).inputValue()).toBe('Is the glass closed?')
    expect(await page.getByLabel('A note for colleagues').inputValue()).toBe('He has the first one')
    await eventually(() => page.getByLabel('Answer to otis').inputValue()).toBe('Dear Otis')
    // What stands above it is there: it moves no more.
    await page.getByText('Say who you are and for whom you speak').waitFor()
    const asking = page.getByRole('form', { name: 'Ask another department' })
    await asking.getByRole('combobox', { name: 'Department' }).click()
    await page.getByRole('option', { name: 'Workshop' }).filter({ visible: true }).click()
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await page.getByRole('list', { name: 'Questions and answers' }).getByText('Is the glass closed?').waitFor()
    await page.getByRole('textbox', { name: 'Answer for Workshop' }).fill('It is')
    await open('noor')
    await open('otis')
    expect(await page.getByRole('textbox', { name: 'Answer for Workshop' }).inputValue()).toBe('It is')
    await page.getByRole('button', { name: 'Answer the question' }).click()
    await page.getByRole('list', { name: 'Questions and answers' }).getByText('It is', { exact: true }).waitFor()
  })
})

/** Accounts are read twice a minute; a journey need not wait for that. */
const readNow = ({ database }: Stage): Promise<unknown> =>
  asSystem(database.db, (tx) => tx.updateTable('inbox_readings').set({ due_at: new Date() }).execute())
