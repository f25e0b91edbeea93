// Sends mail by SMTP. Without a mail server nothing is sent, and callers say so to people instead of pretending.

import type { Transporter } from 'nodemailer'
import { openPostman, type Postman } from './postman.ts'

export interface Mail {
  to: string
  subject: string
  /** Plain text; the only form. It reads well everywhere and hides nothing. */
  text: string
}

export interface Mailer {
  /** Whether a mail server is configured. */
  available: boolean
  /** @throws when the server refuses; the job that sends it is tried again. */
  send(mail: Mail): Promise<void>
  /** A line to the mail server for many letters, which says what became of each. Close it. */
  open(): Postman
}

export function createMailer(settings: { smtpUrl: string | null; mailFrom: string }): Mailer {
  let transport: Promise<Transporter> | null = null
  return {
    available: settings.smtpUrl !== null,
    async send(mail) {
      if (!settings.smtpUrl) return
      transport ??= import('nodemailer').then(({ createTransport }) => createTransport(settings.smtpUrl!))
      await (await transport).sendMail({ from: settings.mailFrom, ...mail })
    },
    open() {
      if (!settings.smtpUrl) throw new Error('No mail server is set up.')
      return openPostman(settings.smtpUrl)
    },
  }
}
