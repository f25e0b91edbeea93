// Starts Debian's Dovecot, a real IMAP server with one mailbox, and puts mails into it.

import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { freePort, makeRunDir, type RunningServer, startServer } from './process.ts'

export type ImapServer = RunningServer & {
  host: string
  port: number
  user: string
  password: string
  /** Puts a mail, as its source, into a folder; answers its number there. */
  deliver(source: string | Buffer, folder?: string): Promise<number>
  /** How many mails of a folder are marked as read. */
  seen(folder?: string): Promise<number>
  /** Makes a folder anew: its numbers begin again. */
  renew(folder: string): Promise<void>
}

export async function startImap(): Promise<ImapServer> {
  const dir = await makeRunDir('imap')
  const port = await freePort()
  const [user, password] = ['listener', 'a-password-of-its-own']
  const { uid, gid } = { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 }
  // As root, mail is kept under an unprivileged id, since Dovecot refuses to be root.
  const [mailUid, mailGid] = uid === 0 ? [65_534, 65_534] : [uid, gid]
  const mail = join(dir, 'mail')
  await mkdir(mail)
  const owner = uid === 0 ? 'nobody' : process.env.USER || 'nobody'
  const config = join(dir, 'dovecot.conf')
  await writeFile(config, configuration({ dir, mail, port, user, password, mailUid, mailGid, owner }))
  if (uid === 0) {
    const { chmod, chown } = await import('node:fs/promises')
    await chmod(dir, 0o755)
    await chown(mail, mailUid, mailGid)
  }
  const server = await startServer({
    name: 'Dovecot',
    command: '/usr/sbin/dovecot',
    args: ['-F', '-c', config],
    dir,
    ready: () => greets(port),
  })
  const box = { host: '127.0.0.1', port, user, password }
  return {
    ...server,
    ...box,
    deliver: (source, folder = 'INBOX') =>
      within(box, async (client) => {
        if (folder !== 'INBOX') await client.mailboxCreate(folder).catch(() => undefined)
        const appended = await client.append(folder, source)
        return appended ? (appended.uid ?? 0) : 0
      }),
    seen: (folder = 'INBOX') =>
      within(box, async (client) => {
        await client.mailboxOpen(folder, { readOnly: true })
        return ((await client.search({ seen: true })) || []).length
      }),
    renew: (folder) =>
      within(box, async (client) => {
        await client.mailboxDelete(folder)
        await client.mailboxCreate(folder)
      }),
  }
}

interface Facts {
  dir: string
  mail: string
  port: number
  user: string
  password: string
  mailUid: number
  mailGid: number
  owner: string
}

const configuration = ({ dir, mail, port, user, password, mailUid, mailGid, owner }: Facts): string => `
base_dir = ${join(dir, 'run')}
state_dir = ${join(dir, 'state')}
log_path = /dev/stderr
listen = 127.0.0.1
protocols = imap
ssl = no
disable_plaintext_auth = no
default_internal_user = ${owner}
default_login_user = ${owner}
default_internal_group = ${owner === 'nobody' ? 'nogroup' : owner}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${mail}/%u
mail_max_userip_connections = 100
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = user=${user} password=${password}
}
userdb {
  driver = static
  args = uid=${mailUid} gid=${mailGid} home=${mail}/%u
}
`

/** An IMAP server speaks first. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(2000, () => socket.destroy(new Error('no greeting')))
    socket.once('data', (data) => {
      resolve(String(data).startsWith('* OK'))
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

async function within<T>(
  { host, port, user, password }: { host: string; port: number; user: string; password: string },
  work: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const client = new ImapFlow({ host, port, secure: false, auth: { user, pass: password }, logger: false })
  await client.connect()
  try {
    return await work(client)
  } finally {
    client.close()
  }
}
