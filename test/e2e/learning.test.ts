// Plans to begin with, what people can do and by what, buddies, what there is to read, and processes in versions.

import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { addColleague } from './people.ts'
import { eventually, setStage } from './stage.ts'

const programme = '/o/harbour-outdoor/programme'

describeJourney('learning together', () => {
  const stage = setStage()

  test('a programme begins with a plan whose cost is told before', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(programme)
    await page.getByRole('button', { name: 'Begin a programme' }).click()
    await page.getByRole('combobox', { name: 'Plan to begin with' }).click()
    await page.getByRole('option', { name: 'First steps' }).click()
    await page.getByText('who have not done this before. Week 1 takes').waitFor()
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await page.getByText('Be there. Whoever looks for you').waitFor()
    await page.getByRole('link', { name: 'The plan' }).click()
    await page.getByText('Version 1', { exact: true }).first().waitFor()
    await page.getByText('Begun with the template “First steps”.').waitFor()
  })

  test('what somebody saw is put on record; who is new has a buddy; reading is marked by oneself', async () => {
    const newcomer = await addColleague(stage.example, 'contributor', 'newcomer')
    await addColleague(stage.example, 'manager', 'veteran')
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${programme}/people`)
    await page.getByText('Nobody’s ability is on record').waitFor()
    await page.getByRole('link', { name: 'Ladder', exact: true }).last().click()
    await page.getByRole('button', { name: 'Answering', exact: true }).click()
    await page.getByRole('button', { name: 'Write down what you saw' }).click()
    const saw = page.getByRole('form', { name: 'What you saw' })
    await saw.getByRole('combobox', { name: 'Whose work' }).click()
    await page.getByRole('option', { name: 'A veteran' }).click()
    await saw.getByRole('textbox', { name: 'What you saw' }).fill('Answers calmly and in time, also when it hurts.')
    await saw.getByRole('button', { name: 'Write it down' }).click()
    await page.getByText('Answers calmly and in time').waitFor()

    await page.goto(`${programme}/people`)
    await page.getByRole('button', { name: /Put on record: A veteran/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Put on record' }).click()
    await page.getByText('By what was seen').waitFor()
    await page.getByRole('button', { name: 'Take back: Answering of A veteran' }).click()
    await page.getByText('Taken back', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Counts', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Give somebody a buddy' }).click()
    const pair = page.getByRole('form', { name: 'Buddy' })
    await pair.getByRole('button', { name: 'Give the buddy' }).click()
    await pair.getByText('Who is at their side?').waitFor()
    for (const [label, name] of [
      ['Who is new', 'A newcomer'],
      ['Who is at their side', 'A veteran'],
    ] as const) {
      await pair.getByRole('combobox', { name: label }).click()
      await page.getByRole('option', { name }).click()
    }
    await pair.getByRole('button', { name: 'Give the buddy' }).click()
    await page.getByText('is at the side of 1 person: 30 minutes a week').waitFor()

    await page.getByRole('button', { name: 'Add something to read' }).click()
    const reading = page.getByRole('form', { name: 'Something to read' })
    await reading.getByLabel('Title').fill('How we speak')
    await reading.getByRole('button', { name: 'Add it' }).click()
    await reading.getByText('An address or words are needed.').waitFor()
    await reading.getByLabel('Or the words themselves').fill('Be kind. Be short.')
    await reading.getByRole('button', { name: 'Add it' }).click()
    await page.getByText('10 minutes of it are left for you.').waitFor()
    await judgeAll(page, 'who can do what')

    const { page: theirs } = await stage.visitAs(newcomer, screens.phone)
    await theirs.goto(`${programme}/people`)
    await theirs.getByRole('checkbox', { name: 'I have read “How we speak”' }).click()
    await theirs.getByText('You have read all of it.').waitFor()
    await eventually(() => theirs.getByRole('button', { name: 'Give somebody a buddy' }).count()).toBe(0)
  })

  test('a process is written down, read, put in a new version that is read again, and ended with a reason', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${programme}/processes`)
    await page.getByText('No process is written down').waitFor()
    await page.getByRole('button', { name: 'Write down a process' }).click()
    const form = page.getByRole('form', { name: 'Process' })
    await form.getByLabel('Name').fill('The morning round')
    await form.getByLabel('What it is for').fill('Nobody waits overnight for a first word.')
    await form.getByRole('button', { name: 'Write it down' }).click()
    await form.getByText('Each step needs what is done').waitFor()
    await form.getByLabel('What is done').fill('Read what came in overnight')
    await form.getByLabel('Whose part').fill('On duty')
    await form.getByLabel('By when').fill('before ten')
    await form.getByRole('combobox', { name: 'Who answers for it' }).click()
    await page.getByRole('option', { name: 'A newcomer' }).click()
    await form.getByRole('button', { name: 'Write it down' }).click()
    const card = page.getByRole('article', { name: 'The morning round' })
    await card.getByText('(On duty, before ten)').waitFor()
    await card.getByRole('button', { name: 'I have read it' }).click()
    await card.getByText('Read by 1 person').waitFor()
    await judgeAll(page, 'processes')

    await card.getByRole('button', { name: 'New version' }).click()
    const revised = page.getByRole('form', { name: 'New version' })
    await revised.getByLabel('Why').fill('Two people are on duty now.')
    await revised.getByRole('button', { name: 'Put it in force' }).click()
    await card.getByText('Version 2', { exact: true }).waitFor()
    await card.getByRole('button', { name: 'I have read it' }).waitFor()
    await card.getByText('Its versions').press('Enter')
    await card.getByText('The first version').waitFor()
    await card.getByRole('button', { name: 'End it' }).click()
    await page.getByLabel('Why').fill('The night shift answers at once now.')
    await page.getByRole('button', { name: 'End the process' }).click()
    await card.getByText('Ended: “The night shift answers at once now.”').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await card.getByRole('button', { name: 'New version' }).waitFor()
  })
})

async function judgeAll(page: Page, name: string): Promise<void> {
  for (const look of looks) {
    await takeScreen(page, look.screen)
    await page.evaluate(() => window.scrollTo(0, 0))
    await eventually(() => judgePage(page, name, look)).toEqual([])
  }
  await takeScreen(page, screens.wide)
}
