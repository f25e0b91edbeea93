// What departments ask each other goes along when conversations are put together, and back when they are taken apart.

import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { keep, owner, useInbox } from '../ground.testing.ts'
import { expectSound, placesOfMessages } from '../races.testing.ts'
import { aColleague, aDepartment } from '../routing/desk.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'

let pia: TestSession
let product = ''

useInbox(async () => {
  product = await aDepartment('Product')
  pia = await aColleague(product)
  const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
  await keep([
    saying(saidOf('1', { text: 'Where is my kettle?', at: at(1) })),
    saying(saidOf('2', { text: 'And its lid?', at: at(2) })),
  ])
})

const ask = (id: string, question: string) =>
  owner.call('POST', `/orgs/{org}/conversations/${id}/questions`, {
    ...{ departmentId: product, memberId: null, question },
  })
const asked = async (id: string): Promise<string[]> =>
  (await owner.call('GET', `/orgs/{org}/conversations/${id}/questions`)).body.map(
    ({ question }: { question: string }) => question,
  )
const open = async () =>
  (await pia.call('GET', '/orgs/{org}/questions')).body.items.map(
    ({ conversation, question }: { conversation: { id: string; with: string }; question: string }) => [
      question,
      conversation.id,
      conversation.with,
    ],
  )

test('open and answered questions stand where the conversation goes on; undone, each goes back, and what was asked since stays', async () => {
  const places = await placesOfMessages()
  const [into, from] = [places.get('1')!, places.get('2')!]
  const first = await ask(from, 'Is there a lid?')
  const second = await ask(from, 'Does it fit?')
  await pia.call('POST', `/orgs/{org}/conversations/${from}/questions/${first.body.id}/answer`, { answer: 'Yes' })
  const joined = await owner.call('POST', `/orgs/{org}/conversations/${into}/merge`, { from })
  expect([await asked(into), await asked(from)]).toEqual([['Is there a lid?', 'Does it fit?'], []])
  expect(await open()).toEqual([['Does it fit?', into, 'Ann']])
  await ask(into, 'And the kettle?')
  const answered = await pia.call('POST', `/orgs/{org}/conversations/${into}/questions/${second.body.id}/answer`, {
    answer: 'It does',
  })
  expect(answered.status).toBe(200)
  await owner.call('POST', `/orgs/{org}/conversation-joins/${joined.body.id}/undo`)
  expect([await asked(into), await asked(from)]).toEqual([['And the kettle?'], ['Is there a lid?', 'Does it fit?']])
  expect(await open()).toEqual([['And the kettle?', into, 'Ann']])
  await expectSound()
})
