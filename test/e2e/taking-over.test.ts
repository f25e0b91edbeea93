// Journey: what was heard is taken over into the inbox and answered there; a topic hands on by itself; where there is no account the reason stands.

import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { mentionId } from '../../src/listening/mentions/identity.ts'
import { storeMentions } from '../../src/listening/mentions/store-write.ts'
import { mentionOf } from '../../src/listening/mentions/test-mentions.ts'
import { searchWords } from '../../src/listening/mentions/words.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { eventually, type Stage, setStage } from './stage.ts'

const listen = '/o/harbour-outdoor/listen'

describeJourney('taking over what was heard', () => {
  const held: { topic: string } = { topic: '' }
  const stage = setStage({}, async (set) => {
    await connectPractice(set.example, 'lantern')
    set.example.network.createAccount('mara')
    const { id } = await set.example.call<{ id: string }>('POST', `/orgs/${set.example.org.id}/topics`, {
      ...{ name: 'Lanterns', kind: 'product', query: 'lantern' },
    })
    held.topic = id
    await say(set, 'My lantern goes out in the rain, why?')
    await say(set, 'A lantern seen on the web', 'hacker-news')
  })

  test('a mention becomes a conversation that is answered where it was said', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(listen)
    const mention = page.getByRole('listitem').filter({ hasText: 'goes out in the rain' })
    await mention.getByRole('button', { name: 'Hand on' }).click()
    await page.getByRole('menuitem', { name: 'Hand to the inbox' }).click()
    await page.getByLabel('Why').fill('Rain is what it is made for')
    await page.getByRole('button', { name: 'Take it over' }).click()
    await page.getByText('It is a conversation of the inbox now.').waitFor()
    await page.getByRole('link', { name: 'Open the conversation' }).click()
    await page.getByRole('article', { name: 'Conversation with mara' }).waitFor()
    await page.getByText('heard, not said to you').waitFor()
    await page.getByText('Rain is what it is made for').waitFor()
    await page.getByLabel('Answer to mara').fill('Close the glass, then it burns.')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const answers = () => stage.example.network.posts().filter(({ text }) => text.includes('Close the glass'))
    await eventually(() => answers().length).toBe(1)
    await page.goto(listen)
    await mention.getByRole('link', { name: 'In the inbox' }).waitFor()
  })

  test('where there is no account it is read, and says why it is not answered', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(listen)
    const mention = page.getByRole('listitem').filter({ hasText: 'seen on the web' })
    await mention.getByRole('button', { name: 'Hand on' }).click()
    await page.getByRole('menuitem', { name: 'Hand to the inbox' }).click()
    await page.getByLabel('Why').fill('They ask for us')
    await page.getByRole('button', { name: 'Take it over' }).click()
    await page.getByRole('link', { name: 'Open the conversation' }).click()
    await page.getByText('It was heard where you have no account').waitFor()
  })

  test('a topic hands on what matches, says so in words, and stops with a way back', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${listen}/topics/${held.topic}`)
    await page.getByText('Nothing goes to the inbox by itself.').waitFor()
    await page.getByRole('button', { name: 'Hand on what matches' }).click()
    await page.getByText(/In the last seven days this would have named/).waitFor()
    await page.getByLabel('At most in a day').fill('5')
    await page.getByRole('button', { name: 'Hand it on' }).click()
    await page.getByText('Heard under “Lanterns”: question or complaint. Today 0 of at most 5.').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Nothing goes to the inbox by itself.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Today 0 of at most 5.').waitFor()
  })

  test('a conversation is begun from the page of somebody who speaks, and counted beside the goal of a week', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    const { network } = stage.example
    await page.goto(`${listen}/people/${mentionId('fake', `${network.url}/@mara`)}`)
    await page.getByRole('button', { name: 'Begin a conversation' }).click()
    await page.getByLabel('Why').fill('She knows lanterns')
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await page.getByRole('link', { name: 'Open the conversation' }).click()
    await page.getByText('begun by you').first().waitFor()
    await page.goto('/o/harbour-outdoor/inbox/measures')
    await page.getByRole('button', { name: 'Plan a week' }).click()
    await page.getByLabel('In a week', { exact: true }).fill('5')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/of 5 this week/).waitFor()
    await page.getByRole('table', { name: 'Begun by you, by week' }).waitFor()
  })

  test('wide, on a phone, in the dark', async () => {
    for (const look of looks) {
      const { page } = await stage.visitAs(exampleOwner, look.screen)
      await page.goto(`${listen}/kept?handed=all`)
      await page.getByText('Taken over').first().waitFor()
      expect(await judgePage(page, `kept, handed over ${look.width}`, look)).toEqual([])
      await page.goto(`${listen}/topics/${held.topic}`)
      await page.getByRole('button', { name: 'Change', exact: true }).click()
      await page.getByLabel('At most in a day').waitFor()
      await page.getByText('In the last seven days').waitFor()
      await page.evaluate(() => window.scrollTo(0, 0))
      expect(await judgePage(page, `topic that hands on ${look.width}`, look)).toEqual([])
      await page.goto('/o/harbour-outdoor/inbox/measures')
      await page.getByText(/of 5 this week/).waitFor()
      expect(await judgePage(page, `measures with a goal ${look.width}`, look)).toEqual([])
    }
  })
})

/** Said at the practice network to nobody in particular, and heard. */
async function say({ example, database }: Stage, text: string, network = 'fake'): Promise<void> {
  const { org, network: practice } = example
  const { id } = practice.say('mara', text)
  const url = `${practice.url}/@mara/${id}`
  const author = { id: `${practice.url}/@mara`, handle: '@mara', name: 'mara', url: null, followers: 7 }
  const heard = { id: url, url, text, author, at: new Date(Date.now() - 60_000) }
  const stored = { network, topics: [1], words: searchWords(org.id, text), heardAt: new Date() }
  await asSystem(database.db, (tx) => storeMentions(tx, [mentionOf(org.id, heard, stored)]))
}
