// What tests of newsletters share: a running Longrun with a real mail server, an owner, a newsletter, and what they ask often.

import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { createMailer } from '../../src/lib/mail.ts'
import { lettersOf } from '../../src/publishing/letters/begin-letter.ts'
import { sendDueLetters } from '../../src/publishing/letters/send-letters.ts'
import { writeConfirmation } from '../../src/publishing/letters/subscribe.ts'
import { type SmtpServer, startSmtp } from '../servers/smtp.ts'
import { expectWell, newPost, type Person, type Running, startRunning } from './world.ts'

export let smtp: SmtpServer
export let running: Running
export let owner: Person
export let account: { id: string }
/** Call it at the top of a test file: processes that run several files evaluate this one once. */
export function useNewsletterWorld(): void {
  beforeAll(async () => {
    smtp = await startSmtp()
    running = await startRunning({ mailer: createMailer({ smtpUrl: smtp.url, mailFrom: 'longrun@example.org' }) })
    owner = await running.as('owner')
    account = await aNewsletter('News from the harbour')
  })
  afterEach(async () => {
    await running.stopWork()
    await expectWell(running)
  })
  afterAll(async () => {
    await running.close()
    await smtp.stop()
  })
}

export async function aNewsletter(name: string): Promise<{ id: string }> {
  const values = { name, address: 'news@example.org', imprint: 'Harbour Outdoor, Quay 1' }
  const answer = await owner.call('POST', '/orgs/{org}/accounts', { connector: 'newsletter', method: 'sender', values })
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201, body: { toSubscribers: true } })
  return answer.body
}

export const list = (id = account.id) => `/orgs/{org}/newsletters/${id}`
export const add = async (addresses: string[], to = account.id) =>
  (
    await owner.call('POST', `${list(to)}/subscribers`, {
      people: addresses.map((address) => ({ address })),
      consent: 'Signed at the counter of the shop, May 2026',
    })
  ).body.results
export const subscribers = async (state = '', of = account.id) =>
  (await owner.call('GET', `${list(of)}/subscribers?limit=200${state && `&state=${state}`}`)).body.items as {
    id: string
    address: string
    state: string
    consent: string
  }[]
export const stateAt = async (address: string, of = account.id) =>
  (await subscribers('', of)).find((each) => each.address === address)?.state
export const issues = async (of = account.id) => (await owner.call('GET', `${list(of)}/issues`)).body
/** An issue as the ledger hands it over, with its letters sent. Answers its key. */
export async function sendIssue(of = account.id, subject = 'News', services = running.app.services): Promise<string> {
  const key = randomBytes(16).toString('hex')
  const letter = { subject, html: '<p>Hello</p>', text: 'Hello', preview: '', pictures: [] }
  await lettersOf(services, owner.orgId, of).begin(key, letter)
  await sendDueLetters(services)
  return key
}
export const lettersTo = (address: string) => smtp.letters.filter(({ to }) => to === address)
export const linkIn = (text: string | undefined, use: string) => new RegExp(`/letters/${use}/\\S+`).exec(text ?? '')![0]
export const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })
/** The letters that ask to confirm, as the queue sends them to everybody who was asked. */
export async function askLetters(): Promise<void> {
  const rows = await asSystem(running.app.services.db, (tx) =>
    tx.selectFrom('subscribers').select(['org_id', 'id']).where('asked_at', 'is not', null).execute(),
  )
  for (const row of rows) await writeConfirmation(running.app.services, { orgId: row.org_id, subscriberId: row.id })
}
export async function report(body: unknown, url?: string): Promise<Response> {
  const { bounceUrl } = (await owner.call('GET', list())).body
  const headers = { 'content-type': 'application/json' }
  return open(url ?? new URL(bounceUrl).pathname, { method: 'POST', headers, body: JSON.stringify(body) })
}
export const open = (path: string, init?: RequestInit) => fetch(`${running.url}${path}`, init)

export async function publish(content: object, to = account.id): Promise<{ id: string }> {
  const post = await newPost(owner, [to], content)
  const answer = await owner.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when: { kind: 'now' } })
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
  return post
}
