// Journey: the network took a post, its answer was lost and nobody can look it up; a person finds out and decides.

import type { Page } from 'playwright-core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type FaultServer, startFaultServer } from '../../src/connectors/testing/fault-server.ts'
import { closeAfter, closeBefore, type Fault, status } from '../../src/connectors/testing/faults.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { type ExamplePost, schedule, untilState, write } from './posts.ts'
import { setStage } from './stage.ts'

describeJourney('an outcome that nobody knows', () => {
  const held: { faults?: FaultServer; account?: Account } = {}
  const stage = setStage({}, async ({ example }) => {
    held.faults = await startFaultServer(example.network.url)
    held.account = await connectPractice(
      { ...example, network: { ...example.network, url: held.faults.url } },
      'harbour',
    )
  })
  afterAll(() => held.faults?.stop())
  beforeEach(() => held.faults!.reset())

  /** Sends a post whose answer is lost, with look-ups that fail at once, and waits until a person is asked. */
  const doubtful = async (text: string, lost: Fault): Promise<ExamplePost> => {
    const faults = held.faults!
    faults.inject(lost, { match: ({ method, path }) => method === 'POST' && path === '/api/posts' })
    faults.inject(status(503, { headers: { 'retry-after': '0' } }), {
      match: ({ method, path }) => method === 'GET' && path.startsWith('/api/posts'),
      times: 100,
    })
    const post = await write(stage.example, [held.account!.id], text)
    await schedule(stage.example, post, { kind: 'now' })
    const asked = await untilState(stage.example, post.id, 'unconfirmed')
    faults.reset()
    return asked
  }

  const fromToday = async (page: Page, text: string) => {
    await page.goto('/o/harbour-outdoor/today')
    const line = page.getByRole('region', { name: 'Needs you' }).getByRole('listitem').filter({ hasText: text })
    await line.getByRole('link', { name: 'Decide' }).click()
    await page.getByText(/^Nobody can tell whether it went out\./).waitFor()
    await page.getByText('No answer, so nobody knows yet whether it is there').first().waitFor()
  }

  test('it is there: the person links it, and it counts as published', async () => {
    const text = 'It did arrive'
    const { id } = await doubtful(text, closeAfter)
    const { page } = await stage.visitAs(exampleOwner)
    await fromToday(page, text)
    await page.getByRole('button', { name: 'It is there: link it' }).click()
    const remote = stage.example.network.posts().find((post) => post.text === text)
    await page.getByLabel('Address of the post').fill(`${stage.example.network.url}/@harbour/${remote?.id}`)
    await page.getByRole('button', { name: 'Link it', exact: true }).click()
    await page
      .getByText(/^Published/)
      .first()
      .waitFor()
    await page.getByText('Owner decided: it is there').waitFor()
    expect((await untilState(stage.example, id, 'published')).variants[0]?.remoteUrl).toContain(remote?.id)
    expect(stage.example.network.posts().filter((post) => post.text === text)).toHaveLength(1)
  })

  test('it is not there: after a question it is sent, once', async () => {
    const text = 'It never arrived'
    const { id } = await doubtful(text, closeBefore)
    const { page } = await stage.visitAs(exampleOwner)
    await fromToday(page, text)
    await page.getByRole('button', { name: 'It is not: send it' }).click()
    await page
      .getByRole('dialog')
      .getByText(/otherwise it would stand there twice/)
      .waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'It is not there, send it' }).click()
    await page
      .getByText(/^Published/)
      .first()
      .waitFor()
    await untilState(stage.example, id, 'published')
    expect(stage.example.network.posts().filter((post) => post.text === text)).toHaveLength(1)
  })

  test('it no longer matters: it is forgotten and nothing is sent', async () => {
    const text = 'Yesterday’s news'
    const { id } = await doubtful(text, closeBefore)
    const { page } = await stage.visitAs(exampleOwner)
    await fromToday(page, text)
    await page.getByRole('button', { name: 'Forget it' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click()
    await page.getByText('Owner decided: it no longer matters').waitFor()
    await untilState(stage.example, id, 'cancelled')
    expect(stage.example.network.posts().filter((post) => post.text === text)).toHaveLength(0)
    await page.goto('/o/harbour-outdoor/today')
    await page.getByText('Nothing. Everything runs by itself.').waitFor()
  })
})
