// Journey: rules are made and tried, what somebody says finds service, goes to product and comes back with an answer, and product is asked beside it.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { picture, screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { addColleague, type Colleague } from './people.ts'
import { eventually, type Stage, setStage } from './stage.ts'

const place = '/o/harbour-outdoor'

describeJourney('routing', () => {
  const people: Partial<Record<'service' | 'product', Colleague>> = {}
  const stage = setStage({}, async ({ example }) => {
    await connectPractice(example, 'lantern')
    for (const name of ['service', 'product'] as const) {
      people[name] = await addColleague(example, 'contributor', `person of ${name}`.replaceAll(' ', '-'))
      const { id } = await example.call<{ id: string }>('POST', `/orgs/${example.org.id}/departments`, {
        name: name === 'service' ? 'Service' : 'Product',
      })
      const members = await example.call<{ id: string; email: string }[]>('GET', `/orgs/${example.org.id}/members`)
      const member = members.find(({ email }) => email === people[name]!.email)!
      await example.call('PATCH', `/orgs/${example.org.id}/members/${member.id}`, { departmentId: id })
    }
  })

  test('rules are written as sentences, put into order by keyboard, tried, and put in force', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${place}/settings/routing`)
    await page.getByText('No rules yet').waitFor()
    for (const [name, word, state] of [
      ['Friends', null, 'Advocate'],
      ['Everything', null, null],
      ['Burning', 'burn*', null],
    ] as const) {
      await page.getByRole('button', { name: 'New rule' }).click()
      await page.getByLabel('Name').fill(name)
      if (word) {
        await page.getByRole('combobox', { name: 'It says' }).fill(word)
        await page.keyboard.press('Enter')
        await page.getByRole('combobox', { name: 'Priority' }).click()
        await page.getByRole('option', { name: 'High' }).click()
      }
      if (state) {
        await page.getByRole('combobox', { name: 'Whoever says it is' }).press('ArrowDown')
        await page.getByRole('option', { name: 'Do not contact' }).waitFor()
        await page.getByRole('option', { name: state }).click()
        await page.keyboard.press('Tab')
        await page.getByText('When whoever says it is “Advocate”.').waitFor()
      }
      await page.getByRole('combobox', { name: 'It goes to' }).click()
      await page.getByRole('option', { name: 'Service' }).click()
      await page.getByRole('button', { name: 'Keep the rule' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.getByRole('button', { name: 'Change Burning' }).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await page.getByRole('heading', { name: '2. Burning' }).waitFor()
    await page.getByText('When it says “burn*”.').waitFor()
    await page.getByRole('button', { name: 'Try on the last 1,000 conversations' }).click()
    await page.getByText('Nothing to try it on').waitFor()
    await page.getByRole('button', { name: 'Put in force' }).click()
    await page.getByText('Version 1, in force: 3 rules').waitFor()
    expect(await judgePage(page, 'routing rules', looks[0])).toEqual([])
  })

  test('what is said finds service, goes to product with a reason, and comes back with an answer', async () => {
    const { network } = stage.example
    network.createAccount('mara')
    const post = network.say('lantern', 'The new lantern is here')
    network.say('mara', 'Does it burn in the rain?', { replyTo: post.id })
    await readNow(stage)
    const service = (await stage.visitAs(people.service!)).page
    await service.goto(`${place}/inbox?view=mine`)
    await openIt(service)
    await service.getByText('by the rule “Burning”, says “burn*”').first().waitFor()
    await service.getByText('the only one who can take it now', { exact: false }).waitFor()
    if (process.env.PICTURES) await picture(service, 'routed conversation')
    await service.getByRole('combobox', { name: 'Department' }).click()
    await service.getByRole('option', { name: 'Product' }).click()
    expect(await service.getByRole('button', { name: 'Hand it on' }).isDisabled()).toBe(true)
    await service.getByRole('textbox', { name: 'Why' }).fill('Is the glass closed at the bottom?')
    await service.keyboard.press('Tab')
    await service.getByRole('button', { name: 'Hand it on' }).click()
    await service.getByText('handed it to Product').waitFor()

    const product = (await stage.visitAs(people.product!, screens.phone)).page
    await product.goto(`${place}/inbox?view=mine`)
    await openIt(product)
    await product.getByText('Is the glass closed at the bottom?').waitFor()
    expect(await judgePage(product, 'routed conversation', looks[1])).toEqual([])
    await product.getByRole('combobox', { name: 'Department' }).click()
    await product.getByRole('option', { name: 'Service' }).click()
    await product.getByRole('textbox', { name: 'Why' }).fill('It is: tell them it burns in any rain.')
    await product.getByRole('button', { name: 'Hand it on' }).click()
    await product.getByText('handed it to Service').waitFor()

    await service.getByText('It is: tell them it burns in any rain.').waitFor()
    await service.getByLabel('Answer to mara').fill('It burns in any rain: the glass is closed.')
    await service.keyboard.press('Control+Enter')
    const answers = () => network.posts().filter(({ text }) => text.includes('burns in any rain'))
    await eventually(() => answers().map(({ text }) => text)).toEqual([expect.stringContaining('the glass is closed')])
    expect(network.posts().filter(({ text }) => text.includes('at the bottom'))).toEqual([])
  })

  test('product is asked inside of the conversation, and answers there', async () => {
    const { network } = stage.example
    const service = (await stage.visitAs(people.service!)).page
    await service.goto(`${place}/inbox?view=mine`)
    await openIt(service)
    await service.getByRole('button', { name: 'Ask a question' }).click()
    const form = service.getByRole('form', { name: 'Ask another department' })
    await form.getByRole('combobox', { name: 'Department' }).click()
    await service.getByRole('option', { name: 'Product' }).click()
    await form.getByLabel('Question').fill('And in snow?')
    await form.getByRole('button', { name: 'Ask', exact: true }).click()
    await service.getByText('And in snow?', { exact: true }).waitFor()

    const product = (await stage.visitAs(people.product!)).page
    await product.goto(`${place}/inbox`)
    await product.getByRole('link', { name: 'A colleague asks your department something' }).click()
    await product.getByText('And in snow?', { exact: true }).waitFor()
    expect(await judgePage(product, 'asked of us', looks[0])).toEqual([])
    await product.getByLabel('Answer for Product').fill('Down to minus twenty.')
    await product.getByRole('button', { name: 'Answer the question' }).click()
    await product.getByText('Nothing is asked').waitFor()
    await service.getByText('Down to minus twenty.').waitFor()
    expect(network.posts().filter(({ text }) => /snow|minus/.test(text))).toEqual([])
    expect(await judgePage(service, 'asked and answered', looks[0])).toEqual([])
  })

  test('what changed rules would do to what came is shown before they hold', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${place}/settings/routing`)
    await page.getByRole('button', { name: 'Change Burning' }).click()
    await page.getByRole('combobox', { name: 'It goes to' }).click()
    await page.getByRole('option', { name: 'Product' }).click()
    expect(await judgePage(page, 'routing rule', looks[0])).toEqual([])
    await page.getByRole('button', { name: 'Keep the rule' }).click()
    await page.getByText('Changed here, and not in force yet.').waitFor()
    await page.getByRole('button', { name: 'Try on the last 1,000 conversations' }).click()
    await page.getByText('Of the last 1 conversation 1 would be treated otherwise.').waitFor()
    for (const look of looks) {
      await page.setViewportSize(look.screen)
      await page.getByText('Burning (words: burn*)').first().waitFor()
      // What lies half below the bar that stays at the top is no small target.
      await page.evaluate(() => window.scrollTo(0, 0))
      expect(await judgePage(page, 'routing tried', look)).toEqual([])
    }
    expect(await stage.example.call('GET', `/orgs/${stage.example.org.id}/routing`)).toMatchObject({ number: 1 })
  })

  test('who works when is said, and an absence planned and called off', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${place}/settings/work`)
    await page.getByRole('button', { name: 'Change A person-of-service' }).click()
    await page.getByLabel('Works always').uncheck()
    await page.getByLabel('Saturday').fill('10:00-12:00')
    await page.getByLabel('Other days off').fill('Christmas')
    await page.getByText('A line begins with a day like 2026-12-24').waitFor()
    await page.getByLabel('Other days off').fill('2026-12-24 Christmas Eve')
    await page.getByLabel('Extra hours').fill('2026-12-20 10:00-14:00')
    expect(await judgePage(page, 'hours of a person', looks[0])).toEqual([])
    await page.getByRole('combobox', { name: 'Knows' }).fill('es')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Mon–Fri 09:00–17:00; Sat 10:00–12:00, 1 day off, extra hours on some days').waitFor()
    await page.getByRole('button', { name: 'Plan an absence' }).click()
    await page.getByRole('textbox', { name: 'Why' }).fill('The sea')
    await page.getByRole('button', { name: 'Plan it' }).click()
    await page.getByRole('cell', { name: 'The sea' }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    for (const look of looks) {
      await page.setViewportSize(look.screen)
      expect(await judgePage(page, 'who works when', look)).toEqual([])
    }
    await page.setViewportSize(looks[0].screen)
    await page.getByRole('button', { name: 'Call off the absence of Owner' }).click()
    await page.getByText('Nobody is away').waitFor()
  })

  test('how what they said was meant is drawn beside the conversation, once there is enough of it', async () => {
    const { network } = stage.example
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${place}/inbox`)
    await openIt(page)
    await page.getByText(/^What they said is (neutral|positive|negative)\.$/).waitFor()
    const first = network.posts().find(({ text }) => text === 'Does it burn in the rain?')!
    for (const text of ['Thank you, this is wonderful, I love it!', 'Now it broke. This is terrible and I am angry.'])
      network.say('mara', text, { replyTo: first.id })
    await readNow(stage)
    await page.getByRole('figure', { name: 'Mood of what they said, message by message' }).waitFor()
    await page.getByText(/Of 3 messages .* negative.*, 1 positive\.$/).waitFor()
    const moods = await page.getByRole('list', { name: 'Moods' }).getByRole('listitem').allInnerTexts()
    expect(moods).toHaveLength(3)
    for (const mood of ['Positive', 'Negative'])
      expect(moods).toContainEqual(expect.stringMatching(new RegExp(`: ${mood}$`)))
    for (const look of looks) {
      await page.setViewportSize(look.screen)
      expect(await judgePage(page, 'moods', look)).toEqual([])
    }
  })
})

async function openIt(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'mara' }).first().click()
  await page.getByRole('list', { name: 'What was said and done' }).getByRole('listitem').first().waitFor()
}

/** Accounts are read twice a minute; a journey need not wait for that. */
const readNow = ({ database }: Stage): Promise<unknown> =>
  asSystem(database.db, (tx) => tx.updateTable('inbox_readings').set({ due_at: new Date() }).execute())
