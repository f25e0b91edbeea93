// A real SMTP server in the test's own process, which takes letters and misbehaves on demand, address by address.

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** What happens to letters for one address: a number refuses them after RCPT, `lost` takes them and breaks the line. */
export type Behaviour = { after: 'rcpt' | 'data'; code: number; text: string } | 'lost' | 'broken'

export interface TakenLetter {
  to: string
  mail: Email
  header(name: string): string | undefined
}

export interface SmtpServer {
  url: string
  /** In the order in which they were taken. */
  letters: TakenLetter[]
  behave(address: string, behaviour: Behaviour | null): void
  stop(): Promise<void>
}

/** With an account, nobody else may sign in. */
export async function startSmtp(port = 0, account?: { user: string; password: string }): Promise<SmtpServer> {
  const letters: TakenLetter[] = []
  const behaviours = new Map<string, Behaviour>()
  const refusal = ({ code, text }: { code: number; text: string }) =>
    Object.assign(new Error(text), { responseCode: code })
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: account !== undefined,
    onAuth({ username, password }, _session, done) {
      const known = account && username === account.user && password === account.password
      if (known) done(null, { user: account.user })
      else done(new Error('Invalid username or password'))
    },
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onRcptTo({ address }, _session, done) {
      const behaviour = behaviours.get(address)
      done(typeof behaviour === 'object' && behaviour.after === 'rcpt' ? refusal(behaviour) : null)
    },
    async onData(stream, session, done) {
      const pieces: Uint8Array[] = []
      for await (const piece of stream) pieces.push(piece as Uint8Array)
      const to = session.envelope.rcptTo[0]!.address
      const behaviour = behaviours.get(to)
      // Before anything is kept: the line breaks while the text is on its way.
      if (behaviour === 'broken') return closeLine(server, session.id)
      if (typeof behaviour === 'object' && behaviour.after === 'data') return done(refusal(behaviour))
      const mail = await PostalMime.parse(Buffer.concat(pieces))
      letters.push({ to, mail, header: (name) => mail.headers.find((each) => each.key === name.toLowerCase())?.value })
      if (behaviour === 'lost') return closeLine(server, session.id)
      done(null)
    },
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    letters,
    behave: (address, behaviour) => void (behaviour ? behaviours.set(address, behaviour) : behaviours.delete(address)),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Cuts the connection without a word. */
function closeLine(server: SMTPServer, sessionId: string): void {
  for (const connection of (server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> })
    .connections)
    if (connection.id === sessionId) connection._socket.destroy()
}
