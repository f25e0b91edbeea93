// Journey: the first start of an installation, and that there is only one.

import { expect, test } from 'vitest'
import { setUpByPage } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { setStage } from './stage.ts'

describeJourney('first start', () => {
  // With its own database server, as after bin/start.
  const stage = setStage({ empty: true, env: { DATABASE_URL: '' } })

  test('any address leads to the welcome; the owner begins at Today; nobody can set it up again', async () => {
    const { page } = await stage.visit()
    await page.goto('/o/nobody/calendar')
    await page.waitForURL('**/welcome')
    for (const look of looks) {
      const visitor = await stage.visit(look.screen)
      await visitor.page.goto('/welcome')
      expect(await judgePage(visitor.page, 'outside /welcome', look)).toEqual([])
    }
    await page.getByRole('button', { name: 'Create and begin' }).click()
    await page.getByText('Your name is needed.').waitFor()
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Create and begin' }).click()
    await page.getByText('Use at least 10 characters.').waitFor()

    const zone = page.getByRole('combobox', { name: 'Time zone of the organisation' })
    expect(await zone.inputValue()).toMatch(/^Europe\/Berlin/)
    await zone.fill('lisb')
    await page.getByRole('option', { name: /Lisbon/ }).click()
    expect(await zone.inputValue()).toMatch(/^Europe\/Lisbon/)

    await setUpByPage(page, exampleOwner)
    expect(new URL(page.url()).pathname).toBe('/o/harbour-outdoor/today')
    await page.getByRole('heading', { name: 'Where do you want to begin?' }).waitFor()
    await page.getByRole('link', { name: 'Use the practice network' }).waitFor()
    await page.getByRole('link', { name: 'Connect an account' }).click()
    await page.waitForURL('**/accounts/connect')
    await page.getByRole('heading', { level: 1 }).waitFor()

    const second = await stage.visit()
    await second.page.goto('/welcome')
    await second.page.waitForURL('**/sign-in')
    await second.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    const again = await second.context.request.post('/api/v1/installation', {
      headers: { origin: stage.example.address },
      data: { ...exampleOwner, email: 'another@example.org' },
    })
    expect(again.status()).toBe(409)
    expect(await again.json()).toMatchObject({ data: { code: 'already-set-up' } })
  })
})
