// Five hundred rows with twelve bad ones: the dry run names the twelve, the rest is imported, and an undo takes it back.

import { expect, test } from 'vitest'
import { accessibilityFaults, picture, screens, settled } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { setStage } from './stage.ts'

const twelveBad = [
  'Text,31/02/2031 10:00,harbour',
  'Text,tomorrow,harbour',
  'Text,2031-05-28,harbour',
  'Text,2031-05-28 25:00,harbour',
  'Text,2031-03-30 02:30,harbour',
  ',2031-05-28 10:00,harbour',
  'Text,2031-05-28 10:00,the other shop',
  'Text,2031-05-28 10:00,harbour,No such campaign',
  'Text,2031-05-28 10:00,harbour,,too,many',
  'Text,2020-05-28 10:00,harbour',
  'Text,,harbour',
  `${'x'.repeat(1000)},2031-05-28 10:00,harbour`,
]
const badRows = Array.from({ length: 12 }, (_, at) => at * 41 + 7)

const rows = Array.from({ length: 500 }, (_, at) => {
  const day = String((at % 28) + 1).padStart(2, '0')
  const time = `${String(8 + (at % 12)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
  return twelveBad[badRows.indexOf(at)] ?? `"Post ${at}, with a comma",2031-05-${day} ${time},harbour`
})
const file = Buffer.from(`\ufeffText,Date,Account,Campaign\r\n${rows.join('\r\n')}\r\n`)

describeJourney(
  'moving in',
  () => {
    const stage = setStage({}, async ({ example }) => {
      const account = await connectPractice(example, 'harbour')
      await example.call<Account>('PATCH', `/orgs/${example.org.id}/accounts/${account.id}`, { name: 'Harbour' })
    })

    test('500 rows with 12 bad ones: named, imported without them, and undone', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto('/o/harbour-outdoor/calendar')
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Imports' }).click()
      await page.getByRole('heading', { name: 'Imports', level: 1 }).waitFor()
      await page.getByText('Nothing was imported yet').waitFor()
      await page.locator('input[type=file]').setInputFiles({ name: 'spring.csv', mimeType: 'text/csv', buffer: file })

      await page.getByRole('heading', { name: 'spring.csv', level: 1 }).waitFor()
      await page.getByText('A table: 500 rows, UTF-8, separated by commas').waitFor()
      await page.getByRole('combobox', { name: 'Posts become' }).click()
      await page.getByRole('option', { name: 'Scheduled' }).click()
      await page.getByText('488 good', { exact: true }).waitFor()
      await page.getByText('12 with errors').waitFor()
      const problems = page.getByRole('table', { name: 'Rows with problems' })
      const faulty = problems.getByRole('row').filter({ has: page.getByLabel('Left out:') })
      const named = await faulty.locator('td:first-child').allTextContents()
      expect([...new Set(named)].map((text) => Number(/\d+/.exec(text)?.[0]))).toEqual(badRows.map((at) => at + 2))
      await faulty.getByText('“31/02/2031 10:00” is a day that the calendar does not have.').waitFor()
      await faulty.getByText('No account here is called “the other shop”.').waitFor()
      await settled(page)
      expect(await accessibilityFaults(page)).toEqual([])
      await picture(page, 'import-dry-run')

      await page.getByRole('button', { name: 'Import and schedule the 488 good rows' }).click()
      await page.getByText('488 posts imported').waitFor({ timeout: 240_000 })
      expect(await accessibilityFaults(page)).toEqual([])
      await picture(page, 'import-done')
      const { example } = stage
      const range = 'from=2031-05-01T00:00:00Z&to=2031-06-01T00:00:00Z'
      const counted = async () => {
        const { cells } = await example.call<{ cells: { count: number }[] }>(
          'GET',
          `/orgs/${example.org.id}/calendar?${range}`,
        )
        return cells.reduce((sum, { count }) => sum + count, 0)
      }
      expect(await counted()).toBe(488)

      const done = page.url()
      await page.goto('/o/harbour-outdoor/imports')
      await page.locator('input[type=file]').setInputFiles({ name: 'again.csv', mimeType: 'text/csv', buffer: file })
      await page.getByText('488 already there').waitFor()
      await settled(page)
      expect(await accessibilityFaults(page)).toEqual([])
      await picture(page, 'import-again')
      await page.getByRole('switch', { name: 'Import what is already there once more' }).click({ force: true })
      await page.getByRole('button', { name: /^Import the 49\d good rows$/ }).waitFor()
      await page.goto(done)

      await page.getByRole('button', { name: 'Undo the import' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click()
      await page.getByText('Undone: 488 posts removed').waitFor({ timeout: 240_000 })
      expect(await counted()).toBe(0)
    })

    test('on a phone, by pasting: an account that is called otherwise is told once', async () => {
      const { page } = await stage.visitAs(exampleOwner, screens.phone)
      await page.goto('/o/harbour-outdoor/imports')
      await page.getByRole('button', { name: 'Paste a table' }).click()
      const rowsHere = page.getByLabel('Rows, with their headings first')
      await rowsHere.fill('Caption,When\n"Good morning,2031-06-02 09:00')
      await page.getByRole('button', { name: 'Look at it' }).click()
      await page.getByText('a quote begins that never ends').waitFor()
      expect(await rowsHere.inputValue()).toContain('Good morning')
      await page
        .getByLabel('Rows, with their headings first')
        .fill(
          'Caption\tWhen\tProfile\nGood morning\t2031-06-02 09:00\tOur shop\nGood night\t2031-06-02 21:00\tOur shop',
        )
      await page.getByRole('button', { name: 'Look at it' }).click()
      await page.getByText('2 with errors').waitFor()
      await page.getByRole('combobox', { name: '“Our shop” is' }).click()
      await page.getByRole('option', { name: 'Harbour' }).click()
      await page.getByText('2 good', { exact: true }).waitFor()
      await settled(page)
      expect(await accessibilityFaults(page)).toEqual([])
      await picture(page, 'import-phone')
      await page.getByRole('button', { name: 'Import 2 rows' }).click()
      await page.getByText('2 posts imported').waitFor({ timeout: 60_000 })
    })

    test('stopped on its way: what is made stays, and the rows that are not are named', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto('/o/harbour-outdoor/imports')
      const many = Array.from(
        { length: 900 },
        (_, at) => `"Story ${at}",2031-07-${String((at % 28) + 1).padStart(2, '0')} 10:00,harbour`,
      )
      const buffer = Buffer.from(`Text,Date,Account\n${many.join('\n')}\n`)
      await page.locator('input[type=file]').setInputFiles({ name: 'summer.csv', mimeType: 'text/csv', buffer })
      await page.getByRole('button', { name: 'Import 900 rows' }).click()
      const stop = page.getByRole('button', { name: 'Stop', exact: true })
      await stop.waitFor()
      await settled(page)
      await picture(page, 'import-running')
      await stop.click()
      await page.getByText(/^\d+ posts? imported, \d+ not reached$/).waitFor({ timeout: 60_000 })
      await page.getByText(/rows not reached: the import was stopped before\.$/).waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await picture(page, 'import-stopped')
    })

    test('a picture that is named by its address and does not come is told with its column', async () => {
      const { page } = await stage.visitAs(exampleOwner, screens.phone)
      await page.goto('/o/harbour-outdoor/imports')
      await page.getByRole('button', { name: 'Paste a table' }).click()
      await page
        .getByLabel('Rows, with their headings first')
        .fill('Caption\tWhen\tProfile\tImage URL\nHills\t2031-06-04 09:00\tHarbour\thttp://192.168.7.7/hills.png')
      await page.getByRole('button', { name: 'Look at it' }).click()
      await page.getByText('1 file will be fetched from its address').waitFor()
      await page.getByRole('button', { name: 'Import 1 row' }).click()
      await page.getByText('1 post imported, 1 problem').waitFor({ timeout: 60_000 })
      await page.getByText(/^Column “Image URL”: the file at .* This address lies in a private network\./).waitFor()
      await settled(page)
      expect(await accessibilityFaults(page)).toEqual([])
      await picture(page, 'import-picture-phone')
    })
  },
  600_000,
)
