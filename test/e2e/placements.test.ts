// Journey: a placement of a campaign is added, people who name it are counted and taken back, and it ends and runs again.

import { expect, test } from 'vitest'
import { picture } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { dayAhead } from './posts.ts'
import { eventually, setStage } from './stage.ts'

describeJourney('a placement', () => {
  const stage = setStage({}, async ({ example }) => {
    const facts = { name: 'Spring at the quay', kind: 'promotion', beginsOn: dayAhead(0), endsOn: dayAhead(30) }
    await example.call('POST', `/orgs/${example.org.id}/campaigns`, facts)
  })

  test('is added with its campaign, counted, corrected, ended, and runs again', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/placements')
    await page.getByRole('button', { name: 'Add placement' }).click()
    const form = page.getByRole('dialog', { name: 'Add placement' })
    await form.getByLabel('Name', { exact: true }).fill('Poster at the station')
    await form.getByLabel('Leads to').fill('https://harbour.example/follow')
    await form.getByLabel('Campaign or always-on').click()
    await page.getByRole('option', { name: 'Spring at the quay' }).click()
    // A thousand to some, one and a bit to others.
    await form.getByLabel('Cost').fill('1,234')
    await form.getByRole('button', { name: 'Add placement' }).click()
    await form.getByText('An amount like 480 or 480.50 is needed.').waitFor()
    if (process.env.PICTURES) await picture(page, 'placement-form')
    await form.getByLabel('Cost').fill('1 234.50')
    await form.getByRole('button', { name: 'Add placement' }).click()
    await page.getByRole('heading', { name: 'Poster at the station', level: 1 }).waitFor()
    expect(await page.getByLabel('Leads to').inputValue()).toContain('utm_campaign=spring-at-the-quay')
    await page.getByText('€1,234.50', { exact: true }).waitFor()

    await page.getByLabel('Named it').fill('30')
    await page.getByLabel('Note').fill('At the counter')
    await page.getByRole('button', { name: 'Count', exact: true }).click()
    const counted = page.getByRole('list', { name: 'What was counted' })
    await counted.getByText('At the counter').waitFor()
    if (process.env.PICTURES) await picture(page, 'placement-counted')
    await counted.getByRole('button', { name: 'Take back' }).click()
    await eventually(() => counted.count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await counted.getByText('30 people').waitFor()

    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByText('Over', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Run again' }).click()
    await page.getByText('Running', { exact: true }).waitFor()

    await page.getByRole('link', { name: 'Clicks day by day' }).click()
    await page.getByRole('button', { name: 'Take away' }).click()
    await page.getByText('The link leads nowhere now').waitFor()
    await page.goBack()
    await page.getByText('Its link was taken away').waitFor()
    if (process.env.PICTURES) await picture(page, 'placement-nowhere')
  })
})
