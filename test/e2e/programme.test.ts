// The programme from its beginning: where we stand, begun, a goal that was a wish first, a commitment, and its end with a reason, undone.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { eventually, setStage } from './stage.ts'

describeJourney('the programme', () => {
  const stage = setStage()

  test('is begun by somebody new to it', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/programme')
    await page.getByText('No programme goes on').waitFor()
    await page.getByRole('button', { name: 'See where you stand' }).click()
    await page.getByRole('radiogroup', { name: 'Listening' }).getByText('Always').click()
    await page.getByRole('button', { name: 'Show what the weeks say' }).click()
    await page.getByText('Better thought than it is').first().waitFor()
    await page.getByText('No topic is listened to.').waitFor()

    await page.getByRole('button', { name: 'Begin a programme' }).click()
    await page.getByLabel('Be there').check()
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await page.getByText('Be there. Whoever looks for you finds you').waitFor()

    await page.getByRole('button', { name: 'Set a goal' }).click()
    await page.getByLabel('Name').fill('A million dollars')
    await page.getByRole('button', { name: 'Set the goal' }).click()
    for (const words of ['By what is it measured?', 'What is it today?', 'What shall it be?'])
      await page.getByText(words).waitFor()
    await page.getByRole('combobox', { name: 'Measured by' }).click()
    await page.getByRole('option', { name: 'A measure of your own' }).click()
    await page.getByLabel('What is counted').fill('dollars a month')
    await page.getByLabel('Today').fill('900')
    await page.getByLabel('Shall be').fill('1000000')
    await page.getByRole('button', { name: 'Set the goal' }).click()
    await page.getByText('nothing does that for long').waitFor()
    await page.getByLabel('Shall be').fill('1800')
    await page.getByRole('button', { name: 'Set the goal' }).click()
    await page.getByRole('heading', { name: 'A million dollars' }).waitFor()
    await page.getByText('No reading yet').waitFor()
    await page.getByRole('button', { name: 'Write down a reading' }).click()
    await page.getByLabel('Value, in dollars a month').fill('1850')
    await page.getByRole('button', { name: 'Write it down' }).click()
    await page.getByText('Reached').waitFor()
    await page.getByText('How it is measured').press('Enter')
    await page.getByText('you write down what it stands at').waitFor()

    await page.getByText('1 reading', { exact: true }).click()
    await page.getByRole('button', { name: /^Take away: 1,850/ }).click()
    await page.getByText('No reading yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Reached').waitFor()
    await page.getByRole('button', { name: 'Change it' }).click()
    await page.getByLabel('Shall be').fill('2400')
    await page.getByRole('dialog').getByRole('button', { name: 'Change it' }).click()
    await page.getByText('A sentence that says why is needed.').waitFor()
    await page.getByRole('textbox', { name: 'Why' }).fill('It is reached already, and we want more.')
    await page.getByRole('dialog').getByRole('button', { name: 'Change it' }).click()
    await page.getByText('of 2,400 dollars a month').waitFor()
    await page.getByText('Changed 1 time').click()
    await page.getByText('It is reached already, and we want more.').waitFor()
    await page.getByRole('button', { name: 'Take this change back' }).click()
    await page.getByText('of 1,800 dollars a month').waitFor()
  })

  test('is committed to, and ends only with a reason; that is undone', async () => {
    const { page } = await stage.visitAs(exampleOwner, screens.phone)
    await page.goto('/o/harbour-outdoor/programme')
    await page.getByRole('button', { name: 'Commit', exact: true }).click()
    await page.getByLabel('Budget').fill('12000')
    await page.getByRole('textbox', { name: 'Resources' }).fill('Two people')
    await page.getByRole('textbox', { name: 'Processes' }).fill('The weekly plan')
    await page.getByRole('textbox', { name: 'Metrics' }).fill('The goals')
    await page.getByRole('button', { name: 'Commit', exact: true }).last().click()
    await page.getByText('In force').waitFor()
    await page.getByText('€12,000.00').waitFor()

    await page.getByRole('button', { name: 'End it' }).first().click()
    await page.getByRole('button', { name: 'End the programme' }).click()
    await page.getByText('A sentence that says why is needed.').waitFor()
    await page.getByLabel('Why').fill('The shop closes for two years.')
    await page.getByRole('button', { name: 'End the programme' }).click()
    await page.getByText('No programme goes on').waitFor()
    await page.getByText('The shop closes for two years.').waitFor()
    await page.getByText('Its goals').click()
    await page.getByRole('heading', { name: 'A million dollars' }).waitFor()
    await eventually(() => page.getByRole('button', { name: 'Change it' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('In force').waitFor()
    await eventually(async () =>
      judgePage(page, 'programme with a commitment', looks.find(({ width }) => width === 'phone')!, {
        dark: true,
        rules: true,
      }),
    ).toEqual([])
  })
  test('has a plan that grows by rule, and time that is measured', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/programme')
    await page.getByRole('link', { name: 'The plan' }).click()
    await page.getByRole('button', { name: 'Begin with it: Business to business' }).click()
    await page.getByText('This takes about 179 minutes a week').waitFor()
    await page.getByText('That is not "a few minutes a day"').waitFor()
    await page.getByText('All of it fits from').waitFor()
    await page.getByRole('button', { name: 'Put it in force' }).click()
    await page.getByLabel('Why').fill('What two people can do in a week')
    await page.getByRole('dialog').getByRole('button', { name: 'Put it in force' }).click()
    await page.getByText('Version 1', { exact: true }).first().waitFor()

    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // The wheel over a list of choices leaves the page where it is, also at the end of the list.
    const doing = page.getByRole('combobox', { name: 'What do you do now?' })
    await doing.scrollIntoViewIfNeeded()
    const before = await page.evaluate(() => window.scrollY)
    const chosen = page.getByRole('option', { selected: true })
    // What is read anew after the plan was put in force may close it again.
    await eventually(async () => {
      if (!(await chosen.isVisible())) await doing.click()
      return chosen.isVisible()
    }).toBe(true)
    await chosen.hover()
    await page.evaluate(() => {
      const { dataset } = document.body
      addEventListener('wheel', () => {
        dataset.wheels = String(Number(dataset.wheels ?? 0) + 1)
      })
    })
    for (let turn = 0; turn < 3; turn++) await page.mouse.wheel(0, -300)
    await eventually(() => page.evaluate(() => document.body.dataset.wheels)).toBe('3')
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    expect([before > 0, await page.evaluate(() => window.scrollY)]).toEqual([true, before])
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Most that you give' }).click()
    await page.getByLabel('Minutes a week').fill('60')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Together you give 60 minutes a week at most.').waitFor()
    await page.getByText('All of it does not fit within half a year').waitFor()

    await page.getByRole('button', { name: 'Write down minutes' }).click()
    await page.getByRole('dialog').getByLabel('What', { exact: true }).fill('подкаст')
    await page.getByRole('button', { name: 'Write it down' }).click()
    await page.getByText('Use Latin letters or digits.').waitFor()
    await page.getByRole('dialog').getByLabel('What', { exact: true }).fill('Podcast episode')
    await page.getByRole('dialog').getByLabel('Minutes', { exact: true }).fill('45')
    await page.getByRole('button', { name: 'Write it down' }).click()
    await page.getByText('45 of at most 60 minutes this week.').waitFor()
    await page.getByRole('button', { name: 'Take away: Podcast episode, 45 minutes' }).click()
    await page.getByText('0 of at most 60 minutes this week.').waitFor()
    // What the plan knows of it goes and comes with it.
    const known = page.getByRole('row', { name: 'Podcast episode' })
    await known.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('45 of at most 60 minutes this week.').waitFor()
    await known.waitFor()

    // By keyboard: the last of the list is before its first.
    await doing.press('ArrowDown')
    for (const key of ['ArrowUp', 'ArrowUp', 'Enter']) await doing.press(key)
    await eventually(() => doing.inputValue()).toBe('Podcast episode')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('group', { name: 'Your timer' }).getByText('Podcast episode').waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByLabel('Minutes, if the timer is wrong').fill('7')
    await page.getByRole('button', { name: 'Write it down' }).click()
    await page.getByText('52 of at most 60 minutes this week.').waitFor()
    await takeScreenshots(page)
  })

  test('is not put in force over a version that nobody here has seen, and lines are not left behind unasked', async () => {
    const [{ page }, { page: other }] = [await stage.visitAs(exampleOwner), await stage.visitAs(exampleOwner)]
    for (const each of [page, other]) await each.goto('/o/harbour-outdoor/programme/plan')
    const line = page.getByRole('group', { name: 'blog post every 2 weeks' })
    const often = line.getByRole('textbox', { name: 'Every so many' })
    await often.fill('')
    await eventually(() => often.inputValue()).toBe('')
    await often.blur()
    await eventually(() => often.inputValue()).toBe('2')
    await changeFirst(page, 3)
    await page.getByRole('link', { name: 'Programme', exact: true }).last().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Leave out: 3 × blog post every 2 weeks' }).waitFor()

    await changeFirst(other, 2)
    await putInForce(other, 'Two of us write now')
    await other.getByText('Version 2', { exact: true }).first().waitFor()

    await putInForce(page, 'Three of us write now')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Somebody put another version in force.').waitFor()
    await dialog.getByRole('button', { name: 'See it' }).click()
    await dialog.getByText('2 × blog post every 2 weeks').waitFor()
    await dialog.getByRole('button', { name: 'Go on with mine' }).click()
    await eventually(() => dialog.getByLabel('Why').inputValue()).toBe('Three of us write now')
    await dialog.getByRole('button', { name: 'Put it in force' }).click()
    await page.getByText('Version 3', { exact: true }).first().waitFor()
    await page.getByText('3 × blog post every 2 weeks').first().waitFor()
    // Who changed nothing since sees what is in force.
    await other.reload()
    await other.getByRole('button', { name: 'Leave out: 3 × blog post every 2 weeks' }).waitFor()
  })

  test('is not said anew over what somebody else said meanwhile', async () => {
    const [{ page }, { page: other }] = [await stage.visitAs(exampleOwner), await stage.visitAs(exampleOwner)]
    for (const each of [page, other]) {
      await each.goto('/o/harbour-outdoor/programme')
      await each.getByRole('button', { name: 'Change', exact: true }).click()
    }
    await other.getByLabel('Keep it up').check()
    await other.getByRole('button', { name: 'Save' }).click()
    await other.getByText('Keep it up. What is there goes on').waitFor()

    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('The long way')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Somebody changed the programme.').waitFor()
    await dialog.getByRole('button', { name: 'See it' }).click()
    await dialog.getByText('Keep it up, from').waitFor()
    await dialog.getByRole('button', { name: 'Go on with mine' }).click()
    await eventually(() => dialog.getByLabel('Name').inputValue()).toBe('The long way')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'The long way' }).waitFor()
    await page.getByText('Be there. Whoever looks for you').waitFor()
  })
})

const changeFirst = (page: Page, times: number): Promise<void> =>
  page.getByRole('textbox', { name: 'How many', exact: true }).first().fill(String(times))

async function putInForce(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Put it in force' }).click()
  await page.getByLabel('Why').fill(reason)
  await page.getByRole('dialog').getByRole('button', { name: 'Put it in force' }).click()
}

/** What the page shows when it is in full life, in every look. */
async function takeScreenshots(page: Page): Promise<void> {
  for (const look of looks) {
    await takeScreen(page, look.screen)
    await eventually(() => judgePage(page, 'plan in force', look, { dark: true, rules: true })).toEqual([])
  }
}
