// What the mail server says to a letter, told apart: taken, refused, not now, and not known.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SmtpServer, startSmtp } from '../../test/servers/smtp.ts'
import { openPostman, type Postman, postingOf } from './postman.ts'

let server: SmtpServer
let postman: Postman
beforeAll(async () => {
  server = await startSmtp()
  postman = openPostman(server.url)
})
afterAll(async () => {
  postman.close()
  await server.stop()
})

const letter = (to: string) => ({
  from: { name: 'Häfen & Boote', address: 'news@example.org' },
  to,
  subject: 'Grüße 👋',
  text: 'Ahoi',
  html: '<p>Ahoi</p>',
  messageId: `<${to.split('@')[0]}@example.org>`,
  headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
})
const taken = (to: string) => server.letters.filter((each) => each.to === to)

test('a letter arrives as it was written', async () => {
  expect(await postman.post(letter('one@example.org'))).toEqual({ kind: 'accepted' })
  const [{ mail, header }] = taken('one@example.org') as [(typeof server.letters)[number]]
  expect(mail).toMatchObject({
    subject: 'Grüße 👋',
    text: 'Ahoi\n',
    html: '<p>Ahoi</p>\n',
    messageId: '<one@example.org>',
  })
  expect(mail.from).toMatchObject({ name: 'Häfen & Boote', address: 'news@example.org' })
  expect(header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
})

describe('a server that', () => {
  test.each([
    ['does not know the address', { after: 'rcpt', code: 550, text: 'No such user' }, 'refused', 'address'],
    ['has no room there for now', { after: 'rcpt', code: 452, text: 'Mailbox full' }, 'later', 'mailbox'],
    ['may not relay', { after: 'rcpt', code: 554, text: '5.7.1 Relay access denied' }, 'refused', 'other'],
    [
      'may not relay and has no number for it',
      { after: 'rcpt', code: 550, text: 'relay not permitted' },
      'refused',
      'other',
    ],
    ['refuses the text', { after: 'data', code: 554, text: 'Looks like spam' }, 'refused', 'other'],
    ['knows only after the text', { after: 'data', code: 550, text: '5.1.1 Unknown user' }, 'refused', 'address'],
    ['has no room there for good', { after: 'rcpt', code: 552, text: '5.2.2 Over quota' }, 'refused', 'mailbox'],
    ['asks for patience after the text', { after: 'data', code: 451, text: 'Greylisted' }, 'later', 'other'],
  ] as const)('%s: %s', async (what, behaviour, kind, about) => {
    const to = `${what.replaceAll(' ', '-')}@example.org`
    server.behave(to, behaviour)
    expect(await postman.post(letter(to))).toEqual({ kind, error: expect.stringContaining(behaviour.text), about })
    expect(taken(to)).toEqual([])
    server.behave(to, null)
    expect(await postman.post(letter(to))).toEqual({ kind: 'accepted' })
  })

  test.each([['lost', 1] as const, ['broken', 0] as const])(
    'breaks the line while the text is on its way leaves a doubt, whether it took it or not (%s), and the next letter goes',
    async (behaviour, count) => {
      const to = `${behaviour}@example.org`
      server.behave(to, behaviour)
      expect(await postman.post(letter(to))).toMatchObject({ kind: 'unknown' })
      expect(taken(to)).toHaveLength(count)
      expect(await postman.post(letter(`after-${behaviour}@example.org`))).toEqual({ kind: 'accepted' })
    },
  )
})

test('a server that is not there certainly took nothing; when it is back the same postman goes on', async () => {
  const first = await startSmtp()
  const other = openPostman(first.url)
  expect(await other.post(letter('before@example.org'))).toEqual({ kind: 'accepted' })
  await first.stop()
  const away = await other.post(letter('meanwhile@example.org'))
  expect(away.kind).toBe('later')
  const back = await startSmtp(Number(new URL(first.url).port))
  expect(await other.post(letter('afterwards@example.org'))).toEqual({ kind: 'accepted' })
  expect(back.letters.map(({ to }) => to)).toEqual(['afterwards@example.org'])
  other.close()
  await back.stop()
})

test.each([
  ['a refused sign-in', { command: 'AUTH PLAIN', responseCode: 535 }, false, 'later'],
  ['a refused greeting', { command: 'CONN', responseCode: 554 }, false, 'later'],
  ['a sender that is not allowed', { command: 'MAIL FROM', responseCode: 553 }, false, 'later'],
  ['no address behind the name', { command: 'CONN' }, false, 'later'],
  ['a time-out while sending', { command: 'CONN' }, true, 'unknown'],
] as const)('%s says nothing against the recipient', (_what, error, underWay, kind) => {
  expect(postingOf(Object.assign(new Error('no'), error), underWay).kind).toBe(kind)
})
