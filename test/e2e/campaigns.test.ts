// Journey: a campaign from its brief over posts and both processes in one view to its closing with results; a crossing point fires.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, picture, screens, settled, sidewaysScroll } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { addColleague, type Colleague } from './people.ts'
import { dayAhead, type ExamplePost, read, schedule, untilState, write } from './posts.ts'
import { eventually, setStage } from './stage.ts'

const org = '/o/harbour-outdoor'
const zone = 'Europe/Berlin'

describeJourney(
  'a campaign',
  () => {
    const held: { account?: Account; deputy?: Colleague } = {}
    const stage = setStage({}, async ({ example }) => {
      held.account = await connectPractice(example, 'harbour')
      held.deputy = await addColleague(example, 'manager', 'deputy')
      const always = await write(example, [held.account.id], 'Good morning, as every day')
      await schedule(example, always, { kind: 'at', wall: `${dayAhead(1)}T08:30`, zone })
    })
    const faultless = async (page: Page, name: string) => {
      await settled(page)
      await picture(page, name, 'test-results/campaigns')
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
    }

    test('is planned with brief, phases, budget, owner and deputy', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto(`${org}/campaigns`)
      await page.getByRole('heading', { name: 'No campaigns yet' }).waitFor()
      await faultless(page, 'none yet')
      await page.getByRole('link', { name: 'Plan a campaign' }).first().click()
      const form = page.getByRole('form', { name: 'Brief of the campaign' })
      await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Boat show')
      await form.getByLabel('First day', { exact: false }).first().fill(dayAhead(0))
      await form.getByLabel('Last day', { exact: false }).first().fill(dayAhead(4))
      await form.getByRole('textbox', { name: 'Goal' }).fill('Twenty talks that lead to a trial.')
      await form.getByRole('textbox', { name: 'Audience' }).fill('People with a boat of their own.')
      await form.getByRole('combobox', { name: 'Deputy' }).click()
      await page.getByRole('option', { name: 'deputy', exact: false }).click()
      await form.getByRole('textbox', { name: 'Budget' }).fill('1200')
      await form.getByRole('button', { name: 'Add a phase' }).click()
      await form.getByLabel('Name of phase 1').fill('Set up')
      await form.getByLabel('Last day of phase 1').fill(dayAhead(9))
      await form.getByRole('button', { name: 'Plan the campaign' }).click()
      await page.getByText('A phase lies within its campaign.').first().waitFor()
      await form.getByLabel('Last day of phase 1').fill(dayAhead(1))
      await faultless(page, 'brief')
      await form.getByRole('button', { name: 'Plan the campaign' }).click()

      await page.getByRole('heading', { name: 'Boat show', level: 1 }).waitFor()
      await page.getByText('Running', { exact: true }).first().waitFor()
      await page.getByText('Twenty talks that lead to a trial.').waitFor()
      await page.getByText('Set up', { exact: true }).first().waitFor()
      const fact = (label: string) => page.locator('.cm-facts > div', { hasText: label }).locator('dd')
      expect(await fact('Owner').textContent()).not.toBe('Nobody')
      expect(await fact('Deputy').textContent()).toContain('deputy')
      expect(await fact('Budget').textContent()).toMatch(/1.?200/)
    })

    test('gets a post by the composer, and one that goes out and makes a crossing point fire', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto(`${org}/campaigns/crossings`)
      await page.getByRole('button', { name: 'Add a point' }).click()
      const dialog = page.getByRole('dialog', { name: 'A crossing point of your own' })
      await dialog.getByRole('textbox', { name: 'Name' }).fill('Say it again')
      await dialog.getByRole('combobox', { name: 'When' }).click()
      await page.getByRole('option', { name: 'a post is published' }).click()
      await dialog.getByRole('combobox', { name: 'Only if' }).click()
      await page.getByRole('option', { name: 'it belongs to a campaign' }).click()
      await dialog.getByRole('combobox', { name: 'Then' }).click()
      await page.getByRole('option', { name: 'a brief is made' }).click()
      await dialog.getByRole('button', { name: 'Add the point' }).click()
      await page.getByRole('heading', { name: 'Say it again', level: 1 }).waitFor()
      await page.getByText('It has not fired yet.').waitFor()

      await page.goto(`${org}/campaigns`)
      await page.getByRole('link', { name: 'Boat show' }).first().click()
      await page.getByRole('link', { name: 'Write a post for it' }).first().click()
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Come to stand 12')
      await page.locator('.lr-save[data-state="saved"]').waitFor()
      const id = new URL(page.url()).searchParams.get('post') ?? ''
      type Belonging = { campaignId: string | null; initiator: string }
      const belonging = async () =>
        ((await read(stage.example, id)) as ExamplePost & { belonging: Belonging }).belonging
      const { campaignId } = await belonging()
      expect(campaignId).not.toBeNull()
      await page.getByText('Customer', { exact: true }).click()
      await eventually(async () => (await belonging()).initiator).toBe('customer')
      await schedule(stage.example, { id }, { kind: 'at', wall: `${dayAhead(2)}T10:00`, zone })

      const { call, org: organisation } = stage.example
      const out = await call<ExamplePost>('POST', `/orgs/${organisation.id}/posts`, {
        content: { segments: [{ text: 'The doors are open', media: [] }] },
        variants: [{ accountId: held.account!.id }],
        belonging: { campaignId },
      })
      await schedule(stage.example, out, { kind: 'now' })
      await untilState(stage.example, out.id, 'published')
      await call('POST', `/orgs/${organisation.id}/campaigns/${campaignId}/close`, { note: 'Too early' })
      await call('POST', `/orgs/${organisation.id}/campaigns/${campaignId}/reopen`)

      await page.goto(`${org}/campaigns/${campaignId}`)
      await page.getByRole('link', { name: 'Look at the brief' }).waitFor()
      await faultless(page, 'campaign')
      await page.getByRole('link', { name: 'Look at the brief' }).click()
      await page.getByRole('heading', { name: 'Say it again: Boat show', level: 1 }).waitFor()
      await page.getByText('“The doors are open”').first().waitFor()
      await faultless(page, 'brief made')
    })

    test('has its crossing points: a crisis is rehearsed, and says that it was', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto(`${org}/campaigns/crossings`)
      await faultless(page, 'crossings')
      await page.getByRole('link', { name: 'A crisis pauses campaigns' }).click()
      await page.getByText('By itself it waits for protocols', { exact: false }).waitFor()
      await page.getByRole('button', { name: 'Rehearse' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Rehearse' }).click()
      await page
        .getByText(/^Rehearsed; 2 people told/)
        .first()
        .waitFor()
    })

    test('stands beside always-on in one view, by keyboard, in the dark', async () => {
      const { page } = await stage.visitAs(exampleOwner, screens.dark)
      await page.goto(`${org}/campaigns/both`)
      const lanes = page.getByRole('region', { name: 'Always-on and campaigns by account' })
      const cell = (summary: string) => lanes.locator(`.la-cell[title="${summary}"]`)
      await cell('Good morning, as every day').focus()
      await faultless(page, 'both dark')
      await page.keyboard.press('ArrowDown')
      await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('title'))).toMatch(
        /^(Come to stand 12|The doors are open)$/,
      )
      await cell('Come to stand 12').focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Come to stand 12', level: 1 }).waitFor()
      await page.getByRole('link', { name: 'Boat show' }).click()
      await page.getByRole('heading', { name: 'Boat show', level: 1 }).waitFor()
      await faultless(page, 'campaign dark')
    })

    test('stands on a phone below always-on, as two lists', async () => {
      for (const [name, screen] of [
        ['phone', screens.phone],
        ['phone dark', screens['phone-dark']],
      ] as const) {
        const { page } = await stage.visitAs(exampleOwner, screen)
        await page.goto(`${org}/campaigns/both`)
        await page.getByRole('heading', { name: 'Always-on', level: 2 }).waitFor()
        await page.getByRole('link', { name: 'Good morning, as every day' }).waitFor()
        await page.getByRole('link', { name: 'Come to stand 12' }).waitFor()
        expect(await page.getByRole('table').count()).toBe(0)
        await faultless(page, `both ${name}`)
        await page.goto(`${org}/campaigns`)
        await page.getByRole('link', { name: 'Boat show' }).first().click()
        await page.getByRole('heading', { name: 'Boat show', level: 1 }).waitFor()
        await faultless(page, `campaign ${name}`)
      }
    })

    test('is closed by its deputy with a decision and its results, and reopened by undo', async () => {
      const { page } = await stage.visitAs(held.deputy!)
      await page.goto(`${org}/campaigns`)
      await page.getByRole('link', { name: 'Boat show' }).first().click()
      await page.getByRole('button', { name: 'Close', exact: true }).click()
      await page.getByRole('textbox', { name: 'What was decided' }).fill('Twenty talks; next year again.')
      await page.getByRole('button', { name: 'Close the campaign' }).click()
      await page.getByText('Twenty talks; next year again.').waitFor()
      await page.getByText('Closed', { exact: true }).first().waitFor()
      const undo = page.getByRole('button', { name: 'Undo' })
      await undo.waitFor()
      await faultless(page, 'closed')
      await undo.click()
      await page.getByText('Running', { exact: true }).first().waitFor()
      const reports = page.locator('section', { has: page.getByRole('heading', { name: 'Closing reports' }) })
      await eventually(async () => {
        await page.reload()
        await settled(page)
        return reports.getByText(/2 posts/).count()
      }).toBeGreaterThan(0)
    })
  },
  240_000,
)
