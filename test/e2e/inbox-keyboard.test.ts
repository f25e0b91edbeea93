// Journey: two hundred conversations without a mouse: found, answered, closed, put off, taken one by one and many at once, and undone.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { eventually, type Stage, setStage } from './stage.ts'

const many = 200
/** So many are handled one by one, so many selected one by one; the others together. */
const oneByOne = 24
const together = 20
const nameOf = (index: number) => `guest${index}`
/** Each of many takes a moment of its own. */
const patience = { timeout: 90_000 }

describeJourney(
  'inbox by keyboard',
  () => {
    const stage = setStage({}, async ({ example }) => {
      await connectPractice(example, 'lantern')
    })
    const counts = async () =>
      (await stage.example.call('GET', `/orgs/${stage.example.org.id}/conversations/counts`)) as Record<string, number>

    test('two hundred are handled without a mouse', async () => {
      const { network } = stage.example
      const post = network.say('lantern', 'The new lantern is here')
      for (let index = 0; index < many; index++) {
        network.createAccount(nameOf(index))
        network.say(nameOf(index), `Question ${index} about the lantern`, { replyTo: post.id })
      }
      await eventually(async () => {
        await readNow(stage)
        return (await counts()).open
      }).toBe(many)
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto('/o/harbour-outdoor/inbox')
      await page.getByRole('button', { name: `Open ${many}` }).waitFor()
      await page.locator('.ib-line').first().waitFor()
      const begun = performance.now()
      await page.keyboard.press('j')
      for (let index = 0; index < oneByOne; index++) {
        await page.getByRole('article', { name: /Conversation with guest/ }).waitFor()
        await handle(page, index)
        const before = page.url()
        await page.keyboard.press('j')
        await page.waitForURL((url) => url.href !== before)
      }
      await page.keyboard.press('x')
      for (let index = 1; index < together; index++) await page.keyboard.press('J')
      const selected = page.getByRole('region', { name: 'What is selected' })
      await selected.getByText(`${together} conversations selected`).waitFor()
      expect(await judgePage(page, 'inbox, selected', looks[0])).toEqual([])
      await page.keyboard.press('E')
      const changed = page.getByRole('region', { name: 'Changed together' })
      await changed.getByText(`${together} conversations closed`).waitFor()
      const rest = many - oneByOne
      expect((await counts()).open).toBe(rest - together)
      await page.keyboard.press('U')
      await changed.getByText(`${together} conversations put back`).waitFor()
      expect((await counts()).open).toBe(rest)
      await page.getByRole('button', { name: `Open ${rest}` }).waitFor()
      await page.keyboard.press('S')
      await selected.getByText('All of this list is selected').waitFor()
      await page.keyboard.press('A')
      await changed.getByText(`${rest} conversations given`).waitFor(patience)
      await page.keyboard.press('2')
      await page.getByRole('button', { name: `Mine ${rest}`, pressed: true }).waitFor()
      await page.locator('.ib-line').first().waitFor()
      await page.keyboard.press('S')
      await selected.getByText('All of this list is selected').waitFor()
      await page.keyboard.press('E')
      await changed.getByText(`${rest} conversations closed`).waitFor(patience)
      process.stderr.write(`two hundred conversations in ${Math.round((performance.now() - begun) / 1000)} s\n`)
      expect(await counts()).toMatchObject({ open: 0, snoozed: oneByOne / 8 })
      await eventually(() => network.posts().filter(({ text }) => text.includes('Thank you for')).length).toBe(
        oneByOne / 8,
      )
    })

    test('a question is found by its words, and the search is kept as a view', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto('/o/harbour-outdoor/inbox?view=closed')
      await page.getByRole('link', { name: 'guest' }).first().waitFor()
      await page.keyboard.press('/')
      await page.keyboard.type('question 150')
      await page.locator('.ib-preview mark', { hasText: '150' }).waitFor()
      await page.keyboard.press('Escape')
      expect(await page.locator('.ib-line').count()).toBe(1)
      await page.getByRole('button', { name: 'Keep as a view' }).press('Enter')
      await page.getByLabel('Name').waitFor()
      await page.keyboard.type('Number 150')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Number 150', pressed: true }).waitFor()
      for (const look of looks) {
        const { page: other } = await stage.visitAs(exampleOwner, look.screen)
        await other.goto(page.url())
        await other.locator('.ib-preview mark', { hasText: '150' }).waitFor()
        expect(await judgePage(other, `inbox, found, ${look.width}`, look)).toEqual([])
      }
      await page.keyboard.press('1')
      await page.getByText('Nobody waits', { exact: true }).waitFor()
    })
  },
  240_000,
)

/** Every eighth is answered before it is closed, every eighth put off, the others closed. */
async function handle(page: Page, index: number): Promise<void> {
  if (index % 8 === 3) {
    await page.keyboard.press('r')
    await page.keyboard.type(`Thank you for number ${index}`)
    await page.keyboard.press('Control+Enter')
    await page.locator('.ib-said[data-ours]', { hasText: `Thank you for number ${index}` }).waitFor()
    await page.keyboard.press('Escape')
  }
  const putsOff = index % 8 === 5
  await page.keyboard.press(putsOff ? 'z' : 'e')
  await page.getByRole('button', { name: putsOff ? 'Open it now' : 'Open it again' }).waitFor()
}

/** Accounts are read twice a minute; a journey need not wait for that. */
const readNow = ({ database }: Stage): Promise<unknown> =>
  asSystem(database.db, (tx) => tx.updateTable('inbox_readings').set({ due_at: new Date() }).execute())
