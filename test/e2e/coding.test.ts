// Journey: a mood is set right and undone; two people code the same texts by keyboard, come to a kappa, settle and finish; what says the same is folded.

import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import type { NewMention } from '../../src/listening/mentions/new-mention.ts'
import { storeMentions } from '../../src/listening/mentions/store-write.ts'
import { labelsOf, mentionOf } from '../../src/listening/mentions/test-mentions.ts'
import { searchWords } from '../../src/listening/mentions/words.ts'
import { labeller } from '../../src/listening/pipeline/labels.ts'
import { picture } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { addColleague, type Colleague } from './people.ts'
import { type Stage, setStage } from './stage.ts'

const texts = Array.from({ length: 12 }, (_, at) =>
  at % 3 === 0 ? `Tent ${at}: kept us dry all night, love it` : `Tent ${at}: the zip broke after a week, disappointed`,
)

describeJourney('coding', () => {
  let colleague: Colleague
  const stage = setStage({}, async (began) => {
    colleague = await addColleague(began.example, 'manager')
    await hear(began)
  })

  test('a mood is set right on its card, and that is undone', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/listen?q=%22Tent+1%22')
    const card = page.getByRole('listitem').filter({ hasText: 'Tent 1: the zip' })
    await card.getByText('Negative').waitFor()
    await card.getByRole('button', { name: 'That is not right' }).click()
    const dialog = page.getByRole('dialog', { name: 'How is it meant?' })
    await dialog.getByText('Positive').click()
    if (process.env.PICTURES) await picture(page, 'correct')
    await dialog.getByRole('button', { name: 'Set it right' }).click()
    await card.getByText('Positive').waitFor()
    await card.getByRole('button', { name: 'That is not right' }).click()
    await dialog.getByText('Owner: mood Negative → Positive').waitFor()
    await dialog.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await card.getByText('Negative').waitFor()
    await page.goto('/o/harbour-outdoor/listen/overview')
    await page.getByText('How often the machine is right here is not known').waitFor()
  })

  test('what says the same is folded, opened, and unfolded by a switch', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/listen')
    const card = page.getByRole('list', { name: 'Mentions' }).getByRole('listitem').filter({ hasText: 'Recall: the' })
    await card.getByRole('button', { name: 'and 2 more like it' }).click()
    const same = card.getByRole('list', { name: 'Those that say the same' }).getByRole('listitem')
    await same.filter({ hasText: 'Finally' }).waitFor()
    expect(await same.count()).toBe(2)
    for (const look of looks) {
      const { page: other } = await stage.visitAs(exampleOwner, look.screen)
      await other.goto('/o/harbour-outdoor/listen?q=recall')
      await other.getByRole('button', { name: 'and 2 more like it' }).click()
      await other.getByText('Finally').waitFor()
      expect(await judgePage(other, `folded ${look.width}`, look)).toEqual([])
    }
    await page.getByRole('switch', { name: 'Fold what is the same' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Finally! Recall' }).waitFor()
    expect(await page.getByText('more like it').count()).toBe(0)
  })

  test('two people code by keyboard, each alone, and come to a kappa', async () => {
    const owner = (await stage.visitAs(exampleOwner)).page
    await owner.goto('/o/harbour-outdoor/listen/coding')
    await owner.getByText('Nothing is coded yet').waitFor()
    await owner.getByRole('button', { name: 'Draw texts to code' }).click()
    const form = owner.getByRole('dialog', { name: 'Draw texts to code' })
    await form.getByLabel('Name').fill('Moods of tents')
    await form.getByRole('combobox', { name: 'Topic' }).click()
    await owner.getByRole('option', { name: 'Tents' }).click()
    await form.getByRole('combobox', { name: 'And by' }).click()
    await owner.getByRole('option', { name: colleague.name }).click()
    await form.getByLabel('How many texts').fill('12')
    if (process.env.PICTURES) await picture(owner, 'coding-draw')
    await form.getByRole('button', { name: 'Draw them' }).click()
    await owner.getByRole('heading', { name: 'Moods of tents', level: 1 }).waitFor()
    const address = new URL(owner.url()).pathname
    const reads = () => owner.locator('.cd-desk article p').textContent()
    await owner.getByText('Text 1 of 12').waitFor()
    await owner.keyboard.press('2')
    await owner.getByText('Text 2 of 12').waitFor()
    await owner.keyboard.press('u')
    await owner.getByText('Text 1 of 12').waitFor()
    for (let at = 1; at <= 12; at++) {
      await owner.getByText(`Text ${at} of 12`).waitFor()
      await owner.keyboard.press((await reads())?.includes('love') ? '3' : '1')
    }
    await owner.getByText('You are through').waitFor()
    expect(await owner.getByText('kappa').count()).toBe(0)

    for (const look of looks) {
      const { page } = await stage.visitAs(colleague, look.screen)
      await page.goto(address)
      await page.getByText('Text 1 of 12').waitFor()
      expect(await page.getByRole('button', { pressed: true }).count()).toBe(0)
      expect(await judgePage(page, `coding desk ${look.width}`, look)).toEqual([])
    }
    const other = (await stage.visitAs(colleague)).page
    await other.goto(address)
    for (let at = 1; at <= 12; at++) {
      await other.getByText(`Text ${at} of 12`).waitFor()
      const text = await other.locator('.cd-desk article p').textContent()
      await other
        .getByRole('button', { name: text?.includes('love') && !text.includes('Tent 0:') ? 'Positive' : 'Negative' })
        .click()
    }
    await other.getByText(/Cohen’s kappa 0\.8\d \(95 % range/).waitFor()
    await other.getByText('Open: 1 of 1').waitFor()
    await other.getByRole('group', { name: 'What holds' }).getByRole('button', { name: 'Positive' }).click()
    await other.getByText('Everything is settled.').waitFor()
    await other.getByRole('button', { name: 'Finish and use the labels' }).click()
    await other.getByText('Finished: the labels are on the mentions').waitFor()
    for (const look of looks) {
      const { page } = await stage.visitAs(exampleOwner, look.screen)
      await page.goto(address)
      await page.getByText('How far they agree').waitFor()
      expect(await judgePage(page, `coding agreement ${look.width}`, look)).toEqual([])
      await page.getByRole('link', { name: 'Coding' }).first().click()
      await page.getByText('only 12 texts drawn at random were coded').waitFor()
      expect(await judgePage(page, `coding room ${look.width}`, look)).toEqual([])
    }
  })
})

/** As a reader would have stored it a moment ago. */
async function hear({ example, database }: Stage): Promise<void> {
  const { org, call } = example
  const topic = await call<{ id: string }>('POST', `/orgs/${org.id}/topics`, {
    name: 'Tents',
    kind: 'product',
    query: 'tent',
  })
  await call('POST', `/orgs/${org.id}/topics`, { name: 'Stoves', kind: 'product', query: 'stove' })
  const { marks } = await labeller()
  await asSystem(database.db, async (tx) => {
    const { number } = await tx
      .selectFrom('topics')
      .select('number')
      .where('id', '=', topic.id)
      .executeTakeFirstOrThrow()
    const said = texts.map((text, at) => saidOf(org.id, number, { text, at }))
    const recall = 'Recall: the stove of last winter may leak, please bring it back to any of our shops for a new one'
    const [stove] = await tx.selectFrom('topics').select('number').where('name', '=', 'Stoves').execute()
    const same = [recall, `Finally! ${recall}`, `RT @shop: ${recall}`].map((text, at) => ({
      ...saidOf(org.id, stove!.number, { text, at: 40 - at }),
      marks: marks({ title: null, text, languages: [] }),
    }))
    await storeMentions(tx, [...said, ...same])
  })
}

function saidOf(orgId: string, topic: number, { text, at }: { text: string; at: number }): NewMention {
  const heardAt = new Date(Date.now() - at * 60_000)
  const author = { id: `p${at}`, handle: `walker${at}`, name: `Walker ${at}`, url: null, followers: 40 + at }
  const isGood = text.includes('love')
  return mentionOf(
    orgId,
    { id: `tent-${at}`, at: heardAt, text, url: `https://example.org/${at}`, author, languages: ['en'] },
    {
      ...{ network: 'feed', heardAt, topics: [topic], expiresAt: new Date(Date.now() + 86_400_000) },
      labels: labelsOf({
        ...{ sentiment: isGood ? 1 : -1, sentimentCertainty: 71, offensive: 1 },
        ...{ emotion: isGood ? 'joy' : null, intent: isGood ? 'praise' : 'complaint' },
      }),
      words: searchWords(orgId, text),
    },
  )
}
