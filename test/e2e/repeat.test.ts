// Journey: a post that repeats, from the choice beside its time to leaving one out and changing those that follow.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { eventually, setStage } from './stage.ts'

const org = '/o/harbour-outdoor'

/** 30 December of next year: its last weekday of the month, whatever day it is. */
const lastOfYear = `${new Date().getFullYear() + 1}-12-30`
const soon = () => new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)

describeJourney('a post that repeats', () => {
  const accounts: Record<string, Account> = {}
  /** What is tried again must not meet what it left behind the first time: neither its words nor its hour. */
  let tries = 0
  const stage = setStage({}, async ({ example }) => {
    accounts.harbour = await connectPractice(example, 'harbour')
  })

  async function beginPost(page: Page, text: string, day: string): Promise<void> {
    await page.goto(`${org}/compose`)
    const toggle = page.getByRole('group', { name: 'Accounts' }).getByRole('button', { name: /harbour/ })
    if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click()
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text)
    await page.getByLabel('Date and time').fill(`${day}T${String(8 + tries).padStart(2, '0')}:00`)
  }

  const choose = async (page: Page, label: string, option: string | RegExp) => {
    await page.getByRole('combobox', { name: label, exact: true }).click()
    await page.getByRole('option', { name: option }).click()
  }

  test('shows its dates, goes on by itself, and changes from one post on', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    const text = `The tour of the month, ${++tries}.`
    await beginPost(page, text, lastOfYear)
    await choose(page, 'Repeat', /^Monthly on the last/)
    await page.getByText(/^It goes out every month on the last \w+day/).waitFor()
    await eventually(() => page.locator('.se-preview li').count()).toBe(10)
    await choose(page, 'Ends', 'After a number of posts')
    await page.getByLabel('How many posts').fill('4')
    await eventually(() => page.locator('.se-preview li').count()).toBe(4)
    expect(await accessibilityFaults(page)).toEqual([])

    await page.getByRole('button', { name: 'Schedule and repeat' }).click()
    await page.getByRole('heading', { name: text, level: 1 }).waitFor()
    const posts = page.locator('.se-list li')
    await eventually(() => posts.count()).toBe(4)

    // The second one does not happen; that is taken back, and done again.
    const second = posts.nth(1)
    await second.getByRole('button', { name: /^Leave out/ }).click()
    await second.getByText('Left out').waitFor()
    await second.getByRole('button', { name: /^Take in/ }).click()
    await eventually(() => second.getByText('Left out').count()).toBe(0)

    await page.getByRole('button', { name: 'Change when' }).click()
    const dialog = page.getByRole('dialog', { name: 'When does it happen?' })
    await dialog.getByRole('combobox', { name: 'Which posts' }).click()
    await page.getByRole('option').nth(2).click()
    const repeat = dialog.getByRole('combobox', { name: 'Repeat' })
    expect(await repeat.inputValue()).toMatch(/^Monthly on the last \w+day$/)
    await repeat.click()
    await page.getByRole('option', { name: /^By a rule of its own/ }).click()
    await dialog.getByLabel('Rule (RFC 5545)').fill('FREQ=MONTHLY;BYMONTHDAY=32')
    await dialog.getByText(/“BYMONTHDAY=32” is not possible/).waitFor()
    await dialog.getByLabel('Rule (RFC 5545)').fill('FREQ=MONTHLY;BYMONTHDAY=1;COUNT=3')
    await eventually(() => dialog.locator('.se-preview li').count()).toBe(3)
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Change it' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await eventually(() => posts.count()).toBe(3)

    await page.goto(`${org}/series`)
    await eventually(() => page.getByRole('link', { name: text }).count()).toBe(2)
  })

  test('on a phone: paused and ended, and the page of one post says how far a change reaches', async () => {
    const { page } = await stage.visitAs(exampleOwner, screens.phone)
    const text = `Every morning, ${++tries}.`
    await beginPost(page, text, soon())
    await choose(page, 'Repeat', 'Daily')
    await page.getByRole('button', { name: 'Schedule and repeat' }).click()
    await page.getByRole('heading', { name: text, level: 1 }).waitFor()
    const links = page.locator('.se-list').getByRole('link', { name: text })
    await eventually(() => links.count()).toBeGreaterThan(5)
    await links.nth(1).click()
    await page.getByRole('heading', { name: 'Part of a series' }).waitFor()
    await page.getByRole('button', { name: 'Use these words for others of the series' }).click()
    const scope = page.getByRole('dialog', { name: 'Which posts say this?' })
    await scope.getByRole('radio', { name: 'All that lie ahead' }).check()
    expect(await accessibilityFaults(page)).toEqual([])
    await scope.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('link', { name: 'every day' }).click()
    for (const [button, action, state] of [
      ['Pause', 'Pause', 'Paused'],
      ['End', 'End the series', 'Ended'],
    ] as const) {
      await page.getByRole('button', { name: button, exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
      await page.locator('.lr-page-head').getByText(state, { exact: true }).waitFor()
    }
  })
})
