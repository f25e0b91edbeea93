// Which folders of a mailbox hold what was sent, what is spam and what was thrown away: as the server says, or by their usual names.

import type { ImapFlow } from 'imapflow'

const usual = {
  '\\Sent':
    /^(?:inbox[./])?(?:sent|sent items|sent messages|sent mail|gesendet|gesendete (?:objekte|elemente)|envoyés|enviados|inviati|verzonden)$/i,
  '\\Junk': /^(?:inbox[./])?(?:junk|junk e-?mail|spam|bulk mail)$/i,
  '\\Trash':
    /^(?:inbox[./])?(?:trash|deleted items|deleted messages|papierkorb|gelöschte (?:objekte|elemente)|corbeille|papelera|cestino)$/i,
}
export type Use = keyof typeof usual

/** null: the mailbox has none. */
export async function folderFor(client: ImapFlow, use: Use): Promise<string | null> {
  const folders = (await client.list()).filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
  const named = folders.find(({ specialUse }) => specialUse === use)
  return (named ?? folders.find(({ path }) => usual[use].test(path)))?.path ?? null
}

export const sentFolder = (client: ImapFlow): Promise<string | null> => folderFor(client, '\\Sent')
