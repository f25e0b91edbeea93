// Journey: two colleagues at one conversation see each other, one takes writing over; a saved reply is made personal; a newcomer's answer is approved.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { asSystem, type Tx } from '../../src/db/tx.ts'
import { picture } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { goOn, judgePage, type Look, looks, takeScreen } from './judge-page.ts'
import { addColleague, type Colleague } from './people.ts'
import { samplePicture } from './sample-picture.ts'
import { eventually, type Stage, setStage } from './stage.ts'

describeJourney('answering', () => {
  const held: { newcomer?: Colleague } = {}
  const stage = setStage({}, async ({ example }) => {
    await connectPractice(example, 'lantern')
    held.newcomer = await addColleague(example, 'contributor', 'newcomer')
    const { network, call, org } = example
    const post = network.say('lantern', 'The new lantern is here')
    for (const who of ['mara', 'nils', 'olga', 'pia']) {
      network.createAccount(who)
      network.say(who, `Does it burn in the rain? asks ${who}`, { replyTo: post.id })
    }
    const at = `/orgs/${org.id}`
    const reply = await call<{ id: string }>('POST', `${at}/saved-replies`, {
      ...{ title: 'Burns in the rain', body: 'Dear {{contact.first-name}},\n\nits glass is closed.', shortcut: 'rain' },
    })
    const steps = [
      { kind: 'owner', to: 'me' },
      { kind: 'reply', replyId: reply.id },
      { kind: 'snooze', hours: 24 },
    ]
    await call('POST', `${at}/macros`, { name: 'Rain', steps })
  })

  const open = async (page: Page, who: string) => {
    await page.goto('/o/harbour-outdoor/inbox')
    await page.getByRole('link', { name: who }).first().click()
    await page.getByRole('article', { name: `Conversation with ${who}` }).waitFor()
    await page.getByLabel(`Answer to ${who}`).waitFor()
  }

  test('two agents at one conversation see each other, and who writes; one takes over; sending under a lock asks', async () => {
    await readUntil(stage, 4)
    const [ada, ben] = [await stage.visitAs(exampleOwner), await stage.visitAs(held.newcomer!)]
    await open(ada.page, 'mara')
    await open(ben.page, 'mara')
    await ada.page.getByText('Also here: A newcomer').waitFor()
    await ben.page.getByText('Also here: Owner').waitFor()
    await ben.page.getByLabel('Answer to mara').pressSequentially('It does')
    await ada.page.getByText('is writing an answer.').waitFor()
    if (process.env.PICTURES) await picture(ada.page, 'two at one conversation')
    await ada.page.getByLabel('Answer to mara').fill('The glass is closed')
    await ada.page.keyboard.press('Control+Enter')
    await ada.page.getByRole('dialog', { name: 'A newcomer is writing an answer' }).waitFor()
    await ada.page.getByRole('button', { name: 'Back' }).click()
    await ada.page.getByRole('button', { name: 'Write instead' }).click()
    await ben.page.getByText('is writing an answer.').waitFor()
    await ada.page.getByLabel('Answer to mara').press('Control+Enter')
    const said = () => stage.example.network.posts().filter(({ text }) => text.includes('The glass is closed')).length
    await eventually(said).toBe(1)
    await ben.page.getByText('is writing an answer.').waitFor({ state: 'detached' })
    // What Ben began is there again on another page of his.
    const again = await ben.context.newPage()
    await open(again, 'mara')
    await eventually(() => again.getByLabel('Answer to mara').inputValue()).toBe('It does')
    await again.close()
    await ben.page.goto('about:blank')
    await ada.page.getByText('Also here: A newcomer').waitFor({ state: 'detached', timeout: 60_000 })
  })

  test('a saved reply is found by keyboard, filled, refused as it stands, made personal and sent; a macro begins one too', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await open(page, 'nils')
    await page.keyboard.press('s')
    await page.getByRole('dialog', { name: 'Saved reply' }).waitFor()
    await page.keyboard.type('glass')
    await page.getByRole('button', { name: /Burns in the rain/ }).waitFor()
    await eventually(() => page.getByRole('list', { name: 'Saved replies' }).getByRole('listitem').count()).toBe(1)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const field = page.getByLabel('Answer to nils')
    await eventually(() => field.inputValue()).toBe('Dear nils,\n\nits glass is closed.')
    await page.getByText('Make it personal: change at least one word.').waitFor()
    await field.press('Control+Enter')
    await page.getByText('This is a saved reply as it stands. Make it personal first.').waitFor()
    await field.press('Control+End')
    await field.pressSequentially(' Even in a storm.')
    await page.getByText('Make it personal').waitFor({ state: 'detached' })
    await field.press('Control+Enter')
    await page.getByText('from “Burns in the rain”, 4 words changed').first().waitFor()
    await readUntil(stage, 4)
    await page.getByRole('button', { name: 'Take it back' }).waitFor()
    if (process.env.PICTURES) await picture(page, 'answer with its origin')
    await open(page, 'olga')
    const other = page.getByLabel('Answer to olga')
    await other.pressSequentially('/rain ')
    await eventually(() => other.inputValue()).toBe('Dear olga,\n\nits glass is closed.')
    await other.fill('')
    await other.blur()
    await page.keyboard.press('m')
    await page.getByRole('button', { name: 'Rain' }).click()
    await page.getByRole('list', { name: 'What it does' }).getByText('Dear olga').waitFor()
    if (process.env.PICTURES) await picture(page, 'macro before it is run')
    await page.getByRole('button', { name: 'Run it' }).click()
    await page.getByText('put it off', { exact: false }).first().waitFor()
    await eventually(() => other.inputValue()).toBe('Dear olga,\n\nits glass is closed.')
    expect(stage.example.network.posts().filter(({ text }) => text.includes('Dear olga'))).toEqual([])
  })

  test('a picture goes out with what it shows', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await open(page, 'mara')
    const file = { name: 'glass.png', mimeType: 'image/png', buffer: await samplePicture() }
    await page.getByRole('article').locator('input[type="file"]').setInputFiles(file)
    await page.getByLabel('What picture 1 shows').fill('A closed glass')
    await page.getByLabel('Answer to mara').fill('Look at this')
    await page.getByLabel('Answer to mara').press('Control+Enter')
    const { network } = stage.example
    const sent = () => network.posts().filter(({ text }) => text.includes('Look at this'))
    await eventually(() => sent().flatMap(({ images }) => images.map(({ alt }) => alt))).toEqual(['A closed glass'])
    expect(await page.getByLabel('What picture 1 shows').count()).toBe(0)
  })

  test('what is typed while an answer or a note is on its way stays', async () => {
    await cameBack(stage, 'Look at this')
    const { page } = await stage.visitAs(exampleOwner)
    await open(page, 'mara')
    const field = page.getByLabel('Answer to mara')
    await field.fill('Take it with you')
    const answer = await heldBack(page, '**/conversations/*/answers')
    await field.press('Control+Enter')
    await answer.asked
    await field.press('Control+End')
    await field.pressSequentially(' And write to us')
    answer.letGo()
    await eventually(() => field.inputValue()).toBe('And write to us')
    const sent = () => stage.example.network.posts().filter(({ text }) => text.includes('Take it with you'))
    await eventually(() => sent().length).toBe(1)
    expect(sent()[0]!.text).not.toContain('write to us')
    // It is kept, as all that is typed.
    await eventually(async () => {
      await open(page, 'mara')
      return field.inputValue()
    }).toBe('And write to us')
    const note = page.getByLabel('A note for colleagues')
    await note.fill('She is kind')
    const noted = await heldBack(page, '**/conversations/*/notes')
    await note.press('Control+Enter')
    await noted.asked
    await note.press('Control+End')
    await note.pressSequentially(' and patient')
    noted.letGo()
    await page.getByText('She is kind', { exact: true }).first().waitFor()
    expect(await note.inputValue()).toBe('She is kind and patient')
    await note.press('Control+Enter')
    await eventually(() => note.inputValue()).toBe('')
  })

  test('an answer of somebody without a training waits, comes back with words, is written anew and approved', async () => {
    const { call, org, network } = stage.example
    await call('PUT', `/orgs/${org.id}/answer-rules`, { leastChanged: 1, approval: 'untrained' })
    const [owner, ben] = [await stage.visitAs(exampleOwner), await stage.visitAs(held.newcomer!)]
    await open(ben.page, 'pia')
    const field = ben.page.getByLabel('Answer to pia')
    await field.fill('Yes.')
    await ben.page.getByRole('button', { name: 'Send for approval' }).click()
    await ben.page.getByText('Waits for approval').waitFor()
    await owner.page.goto('/o/harbour-outdoor/today')
    await owner.page.getByRole('link', { name: 'Look at the answer to pia' }).waitFor()
    await owner.page.goto('/o/harbour-outdoor/inbox')
    await owner.page.getByRole('link', { name: '1 answer to approve' }).click()
    await owner.page.getByText('Yes.').waitFor()
    for (const look of looks) expect(await judge(owner.page, 'answers to approve', look)).toEqual([])
    await owner.page.getByRole('button', { name: 'Send back' }).click()
    await owner.page.getByLabel('What should be different').fill('Say why.')
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Send back' }).click()
    await owner.page.getByText('Nothing waits').waitFor()
    await ben.page.getByText('sent it back:').waitFor()
    await eventually(() => field.inputValue()).toBe('Yes.')
    await field.fill('Yes: its glass is closed, and it was tried.')
    await field.press('Control+Enter')
    await owner.page.getByRole('button', { name: 'Approve', exact: true }).click()
    await eventually(() => network.posts().filter(({ text }) => text.includes('it was tried')).length).toBe(1)
    expect(network.posts().filter(({ text }) => text.includes('Yes.'))).toEqual([])
  })

  test('the pages of saved replies, macros and trainings, with life', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/settings/trainings')
    await page.getByRole('button', { name: 'Record a training' }).click()
    await page.getByRole('combobox', { name: 'Who was trained' }).click()
    await page.getByRole('option', { name: 'A newcomer' }).click()
    await page.getByLabel('What', { exact: true }).fill('Speaking with upset people')
    await page.getByLabel('By whom').fill('Gil')
    await page.getByRole('button', { name: 'Record it' }).click()
    await page.getByRole('table', { name: 'Trainings' }).getByText('Counts', { exact: true }).waitFor()
    for (const at of ['trainings', 'saved-replies', 'macros']) {
      await goOn(page, `/o/harbour-outdoor/settings/${at}`)
      for (const look of looks) expect(await judge(page, at, look)).toEqual([])
    }
    await takeScreen(page, looks[0].screen)
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByRole('list', { name: 'Steps' }).waitFor()
    for (const look of looks) expect(await judge(page, 'macro form', look)).toEqual([])
    await goOn(page, '/o/harbour-outdoor/settings/saved-replies')
    await takeScreen(page, looks[0].screen)
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByLabel('Shortcut').waitFor()
    for (const look of looks) expect(await judge(page, 'saved reply form', look)).toEqual([])
  })
})

/** What is sent there waits, once. */
async function heldBack(page: Page, address: string) {
  const [asked, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route(address, async (route) => {
    if (route.request().method() === 'POST') {
      asked.resolve()
      await gone.promise
    }
    await route.continue()
  })
  return { asked: asked.promise, letGo: () => gone.resolve() }
}

async function judge(page: Page, name: string, look: Look): Promise<string[]> {
  await takeScreen(page, look.screen)
  return judgePage(page, `${name} ${look.width}`, look)
}

const readUntil = (stage: Stage, conversations: number): Promise<void> =>
  eventually(() =>
    readNow(stage, (tx) => tx.selectFrom('conversations').select('id').where('contact_id', 'is not', null).execute()),
  ).toBe(conversations)

/** What we said has come back from the network: while it does, an answer may be told that somebody answered meanwhile. */
const cameBack = (stage: Stage, text: string): Promise<void> =>
  eventually(() =>
    readNow(stage, (tx) =>
      tx.selectFrom('messages').select('id').where('is_ours', '=', true).where('body', 'like', `${text}%`).execute(),
    ),
  ).toBe(1)

/** Accounts are read twice a minute; a journey need not wait for that. Answers how many `look` finds. */
const readNow = ({ database }: Stage, look: (tx: Tx) => Promise<unknown[]>): Promise<number> =>
  asSystem(database.db, async (tx) => {
    await tx.updateTable('inbox_readings').set({ due_at: new Date() }).execute()
    return (await look(tx)).length
  })
