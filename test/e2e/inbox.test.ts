// Journey: somebody speaks to an account and it appears by itself; it is taken, noted on, put off and closed by keyboard, and opens again.

import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { picture } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { eventually, type Stage, setStage } from './stage.ts'

describeJourney('inbox', () => {
  const stage = setStage({}, async ({ example }) => {
    await connectPractice(example, 'lantern')
  })

  test('what people say appears by itself, is answered for and closed without a mouse', async () => {
    const { network } = stage.example
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/inbox')
    await page.getByText('Nobody waits', { exact: true }).waitFor()
    expect(await judgePage(page, 'empty inbox', looks[0])).toEqual([])
    network.createAccount('mara')
    const post = network.say('lantern', 'The new lantern is here')
    network.say('mara', 'Does it burn in the rain?', { replyTo: post.id })
    await readNow(stage)
    await page.getByText('Does it burn in the rain?').waitFor()
    await page.getByText('Nobody waits').waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.getByRole('article', { name: 'Conversation with mara' }).waitFor()
    await page.keyboard.press('a')
    await page.getByText(/gave it to/).waitFor()
    await page.keyboard.press('n')
    await page.keyboard.type('Ask the workshop')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Ask the workshop', { exact: true }).last().waitFor()
    await page.getByLabel('A note for colleagues').blur()
    if (process.env.PICTURES) await picture(page, 'inbox')
    await page.keyboard.press('r')
    await page.keyboard.type('It does: the glass is closed.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('It does: the glass is closed.').last().waitFor()
    await eventually(() => network.posts().filter(({ text }) => text.includes('It does')).length).toBe(1)
    await readNow(stage)
    await page.getByText('Sent', { exact: false }).waitFor({ state: 'detached' })
    await page.getByText('It does: the glass is closed.').last().waitFor()
    await page.getByLabel('Answer to mara').blur()
    await page.keyboard.press('e')
    await page.getByText('closed it: answered').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('opened it again').waitFor()
    await page.keyboard.press('z')
    await page.getByText('put it off', { exact: false }).first().waitFor()
    network.say('mara', '@lantern are you there?', { replyTo: post.id })
    await readNow(stage)
    await page.goto('/o/harbour-outdoor/inbox')
    await page.getByText('@lantern are you there?').waitFor()
  })

  test('what became part of another conversation leads there, with what was being noted', async () => {
    const { network, call, org } = stage.example
    network.createAccount('nora')
    for (const product of ['stove', 'pan']) {
      const { id } = network.say('lantern', `A new ${product}`)
      network.say('nora', `How heavy is the ${product}?`, { replyTo: id })
    }
    const found: { id: string; contact: { name: string } | null }[] = []
    await eventually(async () => {
      await readNow(stage)
      const { items } = await call<{ items: typeof found }>('GET', `/orgs/${org.id}/conversations`)
      found.splice(0, found.length, ...items.filter(({ contact }) => contact?.name === 'nora'))
      return found.length
    }).toBe(2)
    const [into, from] = found.map(({ id }) => id)
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`/o/harbour-outdoor/inbox/${from}`)
    await page.getByLabel('A note for colleagues').fill('Ask the cook')
    await call('POST', `/orgs/${org.id}/conversations/${into}/merge`, { from })
    await page.getByRole('region', { name: 'Where it goes on' }).waitFor()
    for (const look of looks) {
      await takeScreen(page, look.screen)
      expect(await judgePage(page, 'conversation that goes on elsewhere', look)).toEqual([])
    }
    await page.getByRole('link', { name: 'Go on there' }).press('Enter')
    await page.waitForURL(`**/inbox/${into}**`)
    await eventually(() => page.getByLabel('A note for colleagues').inputValue()).toBe('Ask the cook')
  })

  test('wide, on a phone, in the dark', async () => {
    for (const look of looks) {
      const { page } = await stage.visitAs(exampleOwner, look.screen)
      await page.goto('/o/harbour-outdoor/inbox')
      await page.getByRole('link', { name: 'mara' }).first().waitFor()
      expect(await judgePage(page, `inbox ${look.width}`, look)).toEqual([])
      await page.getByRole('link', { name: 'mara' }).first().click()
      await page.getByRole('list', { name: 'What was said and done' }).getByRole('listitem').first().waitFor()
      expect(await judgePage(page, `conversation ${look.width}`, look)).toEqual([])
    }
  })
})

/** Accounts are read twice a minute; a journey need not wait for that. */
const readNow = ({ database }: Stage): Promise<unknown> =>
  asSystem(database.db, (tx) => tx.updateTable('inbox_readings').set({ due_at: new Date() }).execute())
