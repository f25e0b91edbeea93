// Journey: the dashboard of a topic, a weekly brief that is written, mailed and read by its link, and mentions that are kept and handed on.

import { afterAll, expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { storeMentions } from '../../src/listening/mentions/store-write.ts'
import { mentionOf } from '../../src/listening/mentions/test-mentions.ts'
import { searchWords } from '../../src/listening/mentions/words.ts'
import { type SmtpServer, startSmtp } from '../servers/smtp.ts'
import { picture } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { addColleague } from './people.ts'
import { eventually, type Stage, setStage } from './stage.ts'

const listen = '/o/harbour-outdoor/listen'

describeJourney('listening briefs', () => {
  const held: { smtp?: SmtpServer; topic?: string } = {}
  const stage = setStage(
    async () => {
      held.smtp = await startSmtp()
      return { env: { SMTP_URL: held.smtp.url } }
    },
    async (set) => {
      await addColleague(set.example, 'viewer')
    },
  )
  afterAll(() => held.smtp?.stop())

  test('are empty at first', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${listen}/briefs`)
    await page.getByText('No brief yet').waitFor()
    expect(await judgePage(page, 'briefs empty', looks[0])).toEqual([])
    await page.goto(`${listen}/kept`)
    await page.getByText('Nothing is kept yet').waitFor()
    expect(await judgePage(page, 'kept empty', looks[0])).toEqual([])
  })

  test('a topic shows what goes with it, and each bar leads to what was said', async () => {
    held.topic = await saySomething(stage)
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${listen}/topics`)
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Harbour Outdoor' })
      .getByRole('link', { name: 'Dashboard' })
      .click()
    await page.getByRole('heading', { name: 'Words that go with it' }).waitFor()
    await page.getByRole('figure', { name: /Mentions by day/ }).waitFor()
    await page.getByRole('link', { name: /zip/ }).first().click()
    const found = page.getByRole('list', { name: 'Mentions' })
    await found.getByText('The zip of my jacket').first().waitFor()
    await page.getByRole('button', { name: /^From .*: take away/ }).waitFor()
    expect(await found.getByText('warm').count()).toBe(0)
  })

  test('a brief is written, mailed, and read by its link without signing in', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${listen}/briefs`)
    await page.getByRole('button', { name: 'Brief of last week' }).click()
    await page.getByRole('heading', { name: /^Listening brief, / }).waitFor()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Nobody has written anything yet.').waitFor()
    await page.getByLabel('What was heard').fill('The zip of the jacket breaks.')
    await page.getByLabel('What it means').fill('A fault of one lot.')
    await page.getByRole('combobox', { name: 'Readers' }).click()
    await page.getByRole('option', { name: 'A viewer' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Publish' }).click()
    const receipts = page.getByRole('list', { name: 'Who has read it' })
    await receipts.getByText('Not read yet').waitFor()
    // On a Monday morning Longrun drafts one by itself, and says so by mail.
    const sent = () => held.smtp!.letters.filter(({ mail }) => mail.text?.includes('The zip of the jacket breaks.'))
    await eventually(() => sent().length).toBe(1)
    const { subject = '', text = '' } = sent()[0]!.mail
    expect(subject).toMatch(/^Listening brief/)
    const link = /\S+\/listening-briefs\/read\/[\w-]+/.exec(text)![0]
    const stranger = await stage.visit()
    await stranger.page.goto(`/listening-briefs/read/${link.split('/').at(-1)}`)
    if (process.env.PICTURES) await picture(stranger.page, 'brief-read-link')
    await page.reload()
    await receipts.getByText('Not read yet').waitFor()
    await stranger.page.getByRole('button', { name: 'I have read it' }).click()
    await stranger.page.getByText('Thank you').waitFor()
    await page.reload()
    await receipts.getByText('Read by mail').waitFor()
  })

  test('a mention is bookmarked, handed on, taken back, and made a brief', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(listen)
    const hand = async (what: string) => {
      await page.getByRole('list', { name: 'Mentions' }).getByRole('button', { name: 'Hand on' }).first().click()
      await page.getByRole('menuitem', { name: what }).click()
    }
    await hand('Bookmark')
    await page.getByLabel('Note').fill('Ask the makers')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('It stands under Kept').waitFor()
    await hand('Turn into an insight')
    await page.getByRole('combobox', { name: 'For whom' }).click()
    await page.getByRole('option', { name: 'A viewer' }).click()
    await page.getByLabel('Why').fill('Zips break')
    await page.getByRole('button', { name: 'Hand it on' }).click()
    await page.getByText('It waits for A viewer').waitFor()
    await eventually(() => held.smtp!.letters.some(({ mail }) => mail.subject?.includes('handed to you'))).toBe(true)
    await page.getByRole('link', { name: 'Kept', exact: true }).click()
    await page.getByText('Ask the makers').waitFor()
    await page.getByRole('list', { name: 'Handed on' }).getByText('Zips break').waitFor()
    for (const look of looks) {
      const visitor = await stage.visitAs(exampleOwner, look.screen)
      await visitor.page.goto(`${listen}/kept`)
      await visitor.page.getByText('Ask the makers').waitFor()
      expect(await judgePage(visitor.page, 'kept', look)).toEqual([])
      await visitor.page.goto(`${listen}/topics/${held.topic}/dashboard?period=30d`)
      await visitor.page.getByRole('heading', { name: 'Words that go with it' }).waitFor()
      expect(await judgePage(visitor.page, 'topic dashboard', look)).toEqual([])
      await visitor.page.goto(`${listen}/briefs`)
      await visitor.page.getByText('1 of 1 have read it').waitFor()
      expect(await judgePage(visitor.page, 'briefs', look)).toEqual([])
      await visitor.page.getByRole('list', { name: 'Listening briefs' }).getByRole('link').first().click()
      await visitor.page.getByText('Read by mail').waitFor()
      expect(await judgePage(visitor.page, 'brief', look)).toEqual([])
    }
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Nothing waits.').waitFor()
    await page.goto(listen)
    await hand('Make a brief of it')
    await page.waitForURL(/\/briefs\/[0-9a-f-]+$/)
  })
})

/** A brand and a competitor, four weeks of what people say of both, and what else is heard. */
async function saySomething({ example, database }: Stage): Promise<string> {
  const org = example.org.id
  const add = (facts: object) => example.call<{ id: string }>('POST', `/orgs/${org}/topics`, facts)
  const { id } = await add({ name: 'Harbour Outdoor', kind: 'brand', query: 'jacket' })
  await add({ name: 'Summit & Sons', kind: 'competitor', query: 'summit' })
  const hour = 3_600_000
  const said = (key: string, text: string, hoursAgo: number, topics: number[], change: object = {}) =>
    mentionOf(
      org,
      { id: key, text, at: new Date(Date.now() - hoursAgo * hour), url: `https://practice.example/${key}`, ...change },
      { topics, words: searchWords(org, text), heardAt: new Date() },
    )
  const links = ['https://shop.example/jackets?utm_source=post']
  await asSystem(database.db, (tx) =>
    storeMentions(tx, [
      ...Array.from({ length: 60 }, (_, at) =>
        said(`zip${at}`, 'The zip of my jacket breaks after two weeks', at * 2 + 1, [1], {
          ...(at % 3 === 0 && { links, place: 'Bergen' }),
          author: {
            id: `p${at % 4}`,
            handle: `p${at % 4}.example`,
            name: `Person ${at % 4}`,
            url: null,
            followers: at,
          },
        }),
      ),
      ...Array.from({ length: 40 }, (_, at) => said(`warm${at}`, 'A warm jacket for the ridge', 170 + at * 6, [1])),
      ...Array.from({ length: 30 }, (_, at) => said(`summit${at}`, 'Summit opens a shop', at * 9 + 1, [2])),
    ]),
  )
  return id
}
