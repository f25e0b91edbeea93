// One line to the mail server, kept open from letter to letter. It knows whether a letter was on its way when the line broke. What writes and
// sends mail is loaded with the first letter: most installations at rest have none.

import { Readable } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'

export interface Posted {
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  headers: Record<string, string>
}

/** What a refusal says something about: the address itself, its mailbox for now, or neither (the letter, the sender, the line). */
export type About = 'address' | 'mailbox' | 'other'

/** What the mail server said to one letter. */
export type Posting =
  | { kind: 'accepted' }
  /** For good. */
  | { kind: 'refused'; error: string; about: About }
  /** Certainly not taken; a later try may go well. */
  | { kind: 'later'; error: string; about: About }
  /** The line broke after the text was on its way: it may have been taken. */
  | { kind: 'unknown'; error: string }

export interface Postman {
  /** Never throws: trouble is an answer. */
  post(letter: Posted): Promise<Posting>
  close(): void
}

/** As the library describes what went wrong. */
interface MailError extends Error {
  command?: string
  responseCode?: number
  /** The server's own words. */
  response?: string
}

const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 }

/** How a mail server is reached by a program that does not speak for this installation. */
export interface SmtpLine {
  /** An address. */
  host: string
  port: number
  secure: boolean
  requireTLS: boolean
  ignoreTLS: boolean
  /** By which the server proves who it is. */
  servername?: string
  auth: { user: string; pass: string }
}

/** A letter by itself, to one address or several. */
export interface Letter extends Omit<Posted, 'to' | 'html'> {
  to: string[]
  html?: string
  inReplyTo?: string
  references?: string[]
  date?: Date
  attachments?: Attached[]
}

/** A file that goes with a letter. */
export interface Attached {
  filename: string
  content: Buffer
  contentType: string
}

export interface Line {
  /** @throws what the server says against being spoken to. */
  open(): Promise<void>
  /** Never throws. `source` is the letter as it went. */
  hand(letter: Letter): Promise<{ posting: Posting; source: Uint8Array }>
  close(): void
}

export function openPostman(smtpUrl: string): Postman {
  const line = openLine(smtpUrl)
  return { post: async (letter) => (await line.hand({ ...letter, to: [letter.to] })).posting, close: line.close }
}

export function openLine(server: string | SmtpLine): Line {
  let line: Promise<SMTPConnection> | null = null
  return {
    async open() {
      line ??= connect(server)
      await line
    },
    async hand(letter) {
      const to = letter.to.map((address) => ({ name: '', address }))
      const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
      const source = await new MailComposer({ ...letter, to }).compile().build()
      // The library reads the text only when the server has asked for it: from then on it may have been taken.
      let underWay = false
      const text = new Readable({
        read() {
          underWay = true
          this.push(source)
          this.push(null)
        },
      })
      try {
        line ??= connect(server)
        await send(await line, { from: letter.from.address, to: letter.to }, text)
        return { posting: { kind: 'accepted' }, source }
      } catch (error) {
        const posting = postingOf(error as MailError, underWay)
        // After a refusal by number the server still listens; everything else begins anew.
        if ((error as MailError).responseCode === undefined || !(await reset(line))) {
          drop(line)
          line = null
        }
        return { posting, source }
      }
    },
    close() {
      void line?.then((connection) => connection.quit()).catch(() => {})
    },
  }
}

/** RFC 5321 4.2.1: 4yz is for now, 5yz for good. A refused greeting or sign-in says nothing about the letter. */
export function postingOf(failed: MailError, underWay: boolean): Posting {
  const { command, responseCode, message } = failed
  const error = message.slice(0, 300)
  if (responseCode === undefined)
    return underWay ? { kind: 'unknown', error } : { kind: 'later', error, about: 'other' }
  const concernsLetter = command === 'RCPT TO' || command === 'DATA'
  if (responseCode >= 500 && concernsLetter) return { kind: 'refused', error, about: refusalIsAbout(failed) }
  return { kind: 'later', error, about: command === 'RCPT TO' ? 'mailbox' : 'other' }
}

/** RFC 3463. 5.4.1 is how Microsoft 365 says that nobody has this address, 5.4.4 that there is no such host. */
const addressCodes = ['1.0', '1.1', '1.2', '1.3', '1.6', '1.10', '2.1', '4.1', '4.4']

/**
 * A mail server that may not relay, or does not like what it is given, refuses every letter for good. Nobody's address is wrong for
 * it: to strike readers off a list, the server has to say that it means them.
 */
function refusalIsAbout({ command, responseCode, response, message }: MailError): About {
  const words = response ?? message
  const status = /\b5\d\d[ -]5\.(\d{1,3}\.\d{1,3})\b/.exec(words)?.[1]
  if (status) return addressCodes.includes(status) ? 'address' : status === '2.2' ? 'mailbox' : 'other'
  if (command !== 'RCPT TO' || /relay|polic|spam|block|denied|reputation/i.test(words)) return 'other'
  if (responseCode === 552) return 'mailbox'
  return responseCode === 550 || responseCode === 551 || responseCode === 553 ? 'address' : 'other'
}

async function connect(server: string | SmtpLine): Promise<SMTPConnection> {
  const { default: Connection } = await import('nodemailer/lib/smtp-connection')
  const { parseConnectionUrl } = await import('nodemailer/lib/shared')
  const { auth, ...options } = typeof server === 'string' ? parseConnectionUrl(server) : optionsOf(server)
  const connection = new Connection({ ...timeouts, ...options })
  return new Promise((resolve, reject) => {
    // Stays for the life of the line: what happens between two letters is noticed by the next one.
    connection.on('error', reject)
    connection.connect((refused) => {
      if (refused) return reject(refused)
      if (!auth) return resolve(connection)
      connection.login(auth, (error) => (error ? reject(error) : resolve(connection)))
    })
  })
}

const optionsOf = ({ servername, ...line }: SmtpLine) => ({ ...line, ...(servername ? { tls: { servername } } : {}) })

const send = (connection: SMTPConnection, envelope: { from: string; to: string[] }, text: Readable): Promise<void> =>
  new Promise((resolve, reject) => connection.send(envelope, text, (error) => (error ? reject(error) : resolve())))

/** Whether the line can be used for the next letter. */
async function reset(line: Promise<SMTPConnection> | null): Promise<boolean> {
  const connection = await line?.catch(() => null)
  if (!connection) return false
  return new Promise((resolve) => connection.reset((error) => resolve(!error)))
}

const drop = (line: Promise<SMTPConnection> | null) =>
  void line?.then((connection) => connection.close()).catch(() => {})
