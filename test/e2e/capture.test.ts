// Journey: something said in a shop is captured on a phone, from a page and from a file, and taken back; somebody who speaks is looked at, checked, and objects.

import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { scoreAuthors } from '../../src/listening/authors/score.ts'
import { storeMentions } from '../../src/listening/mentions/store-write.ts'
import { labelsOf, mentionOf } from '../../src/listening/mentions/test-mentions.ts'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { addTopics } from './listening.ts'
import { eventually, type Stage, setStage } from './stage.ts'

const day = 86_400_000
const listen = '/o/harbour-outdoor/listen'

describeJourney('capture and people who speak', () => {
  const stage = setStage({}, async ({ example }) => void (await addTopics(example)))

  test('on a phone, what a customer said is written down with its topics, and can be taken back', async () => {
    const { page } = await stage.visitAs(exampleOwner, screens.phone)
    await page.goto(listen)
    await page.getByRole('link', { name: 'Capture by hand' }).click()
    await page.getByText('Nothing was captured yet').waitFor()
    await page.getByRole('button', { name: 'Capture', exact: true }).click()
    await page.getByText('What was said?').waitFor()
    await page.getByLabel('What was said').fill('The Harbour Outdoor jacket let the rain in, I am very disappointed')
    const form = page.locator('form')
    await form.getByText('Harbour Outdoor', { exact: true }).waitFor()
    await form.getByText('Rain wear', { exact: true }).waitFor()
    await page.getByRole('combobox', { name: 'Where' }).click()
    await page.getByRole('option', { name: 'In a shop' }).click()
    await page.getByLabel('Who said it').fill('Kim')
    await page.getByLabel('Place').fill('Bergen')
    await page.getByLabel('Note').fill('Wants her money back')
    await page.getByRole('button', { name: 'Capture', exact: true }).click()
    const lately = page.getByRole('list', { name: 'Captured lately' })
    await lately.getByText('let the rain in').waitFor()
    for (const words of ['Kim', 'In a shop, Bergen', 'Note: Wants her money back', 'Rain wear', 'Negative'])
      await lately.getByText(words, { exact: true }).waitFor()
    expect(await page.getByLabel('What was said').inputValue()).toBe('')
    await page.goto(listen)
    await page.getByRole('list', { name: 'Mentions' }).getByText('By hand').waitFor()
    await page.goto(`${listen}/capture`)
    await lately.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Nothing was captured yet').waitFor()
  })

  test('from a web page, what is marked there is filled in', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${listen}/capture`)
    const link = page.getByRole('link', { name: 'Capture in Longrun' })
    const script = decodeURIComponent((await link.getAttribute('href'))!)
    expect(script).toMatch(/^javascript:/)
    // What the link opens, as a browser works it out on another page.
    const opened = await page.evaluate(
      (text) => {
        const open = (address: string) => address
        const run = new Function('open', 'location', 'document', 'getSelection', `return ${text}`)
        return run(open, { href: 'https://example.org/review?id=1' }, { title: 'A review' }, () => '42')
      },
      script.replace('javascript:void', ''),
    )
    await page.goto(opened)
    expect(await page.getByLabel('What was said').inputValue()).toBe('42')
    expect(await page.getByLabel('Title of the page').inputValue()).toBe('A review')
    expect(await page.getByLabel('Address').inputValue()).toBe('https://example.org/review?id=1')
    await page.getByRole('button', { name: 'Capture', exact: true }).click()
    await page.getByRole('list', { name: 'Captured lately' }).getByText('On a web page').waitFor()
  })

  test('a file is looked at row by row, stored but for its errors, known the second time, and taken back', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${listen}/capture`)
    await page.getByRole('link', { name: 'From a file' }).click()
    const rows = [
      'text,when,who,where',
      'A fine poncho in the rain,2026-11-02,Lee,Oslo',
      'When?,11/12/2026,,',
      ',,Kim,',
    ]
    const choose = () =>
      page.setInputFiles('input[type=file]', {
        name: 'cards.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(rows.join('\n')),
      })
    await choose()
    await page
      .getByText('3 rows: 1 new, 0 there already or twice, 2 with errors. 1 of the new ones come under a topic.')
      .waitFor()
    const wrong = page.getByRole('table', { name: 'Rows with problems' })
    await wrong.getByText('Line 3').waitFor()
    await wrong.getByText('Day or month first?').waitFor()
    for (const look of looks) {
      await page.setViewportSize(look.screen)
      expect(await judgePage(page, 'capture-file-preview', look)).toEqual([])
    }
    await page.setViewportSize(screens.wide)
    await page.getByRole('button', { name: 'Store 1 row' }).click()
    const files = page.getByRole('table', { name: 'Files' })
    await files.getByText('cards.csv').waitFor()
    await choose()
    await page.getByRole('button', { name: 'All of this is there already' }).waitFor()
    await files.getByRole('button', { name: 'Take it back' }).click()
    await files.getByText('Taken back', { exact: true }).waitFor()
  })

  test('somebody who speaks is found, looked at, checked, and gone when they object', async () => {
    await peopleSpeak(stage)
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(listen)
    await page.getByRole('link', { name: 'Ann', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Ann', level: 1 }).waitFor()
    await page.getByText('Why they stand out').waitFor()
    await page.getByRole('button', { name: 'Check them' }).click()
    await page.getByRole('button', { name: 'Check them' }).click()
    await page.getByText('Whoever is not real, not about us or not safe').waitFor()
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await page.getByRole('button', { name: 'Check them' }).click()
    await page.getByRole('list', { name: 'Steps so far' }).getByText('Checked').waitFor()
    await judgeAll(stage, `${listen}/people`, 'people')
    await judgeAll(stage, page.url(), 'author')
    await page.getByRole('button', { name: 'They object' }).click()
    await page.getByRole('button', { name: 'Remove everything' }).click()
    const people = page.getByRole('table', { name: 'People who speak' })
    await people.getByText('Somebody who objected').waitFor()
    expect(await people.getByText('Ann', { exact: true }).count()).toBe(0)
    await people.getByRole('link', { name: 'Somebody who objected' }).click()
    await page.getByRole('button', { name: 'They came to us themselves' }).waitFor()
    await page.goto(`${listen}?q=wonderful`)
    await page.getByText('Nothing like that was heard').waitFor()
  })

  test('read well, wide and on a phone, light and dark', async () => {
    await judgeAll(stage, `${listen}/capture?url=https%3A%2F%2Fexample.org&text=A+fine+jacket`, 'capture')
    await judgeAll(stage, `${listen}/capture/files`, 'capture-files')
    await judgeAll(stage, `${listen}/sources`, 'listen-retention')
  })

  test('how long it is kept is changed within what the class allows', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${listen}/sources`)
    const letters = page.getByRole('list', { name: 'How long it is kept' }).getByRole('listitem').nth(1)
    await letters.getByText('180 days').waitFor()
    await letters.getByRole('button', { name: 'Change' }).click()
    await letters.getByLabel('Days', { exact: true }).fill('30')
    await letters.getByRole('button', { name: 'Save' }).click()
    await letters.getByText('30 days').waitFor()
  })
})

async function judgeAll(stage: Stage, address: string, name: string): Promise<void> {
  for (const look of looks) {
    const { page } = await stage.visitAs(exampleOwner, look.screen)
    await page.goto(address)
    await eventually(() => page.getByRole('heading', { level: 1 }).count()).toBe(1)
    expect(await judgePage(page, name, look)).toEqual([])
  }
}

/** Ann says much and clearly; a few others say something, and she is answered. */
async function peopleSpeak({ database, example }: Stage): Promise<void> {
  const now = new Date()
  const said = (name: string, index: number, text: string, sentiment: 1 | 0 | -1, replyTo: string | null) =>
    mentionOf(
      example.org.id,
      {
        ...{ id: `${name}${index}`, text, replyTo, url: `https://example.org/${name}/${index}` },
        at: new Date(now.getTime() - (index + 1) * day),
        author: {
          id: name,
          handle: `${name.toLowerCase()}.example.org`,
          name,
          url: null,
          followers: name.length * 100,
        },
      },
      { heardAt: now, labels: labelsOf({ sentiment }), words: [], expiresAt: new Date(now.getTime() + 700 * day) },
    )
  const mentions = [
    ...Array.from({ length: 9 }, (_, at) => said('Ann', at, 'Harbour Outdoor is wonderful, my tent stands', 1, null)),
    ...['Bo', 'Cy', 'Di'].flatMap((name) =>
      Array.from({ length: 3 }, (_, at) => said(name, at, 'Harbour Outdoor again', at === 0 ? -1 : 0, `Ann${at}`)),
    ),
  ]
  await asSystem(database.db, (tx) => storeMentions(tx, mentions))
  await scoreAuthors({ db: database.db, clock: () => now }, example.org.id)
}
