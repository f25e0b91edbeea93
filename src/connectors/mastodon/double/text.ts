// How servers of this API read a post: its length, its links, mentions and tags, and the HTML they make of it.

import { type DoubleAccount, type DoubleState, findAccount, isLocal } from './state.ts'

const url = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?()[\]{}']/gi
const mention = /(?<![\w/@])@([a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)(?:@([\p{L}\p{N}.-]+[\p{L}\p{N}]))?/giu
const tag = /(?<![\w/&])#([\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*)/giu

/** Mastodon: what a person sees as one character, addresses at a fixed length, mentions without their server. */
export function countable(text: string, state: DoubleState): number {
  if (state.settings.software === 'gotosocial') return [...text].length
  const shortened = text
    .replace(url, 'x'.repeat(state.settings.charactersPerUrl))
    .replace(mention, (_, user: string) => `@${user}`)
  return [...new Intl.Segmenter().segment(shortened)].length
}

export function mentionsIn(text: string, state: DoubleState): DoubleAccount[] {
  const found = [...text.replace(url, ' ').matchAll(mention)].map(([, user, host]) =>
    findAccount(state, host ? `${user}@${host}` : user!),
  )
  return [...new Set(found.filter((account) => account !== undefined))]
}

export function tagsIn(text: string): string[] {
  return [...new Set([...text.replace(url, ' ').matchAll(tag)].map(([, name]) => name!.toLowerCase()))]
}

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Paragraphs and breaks of the text, with links, mentions and tags as the software of the server writes them. */
export function toHtml(text: string, state: DoubleState): string {
  if (text === '') return ''
  return text
    .split(/\n{2,}/)
    .map(
      (paragraph) =>
        `<p>${paragraph
          .split('\n')
          .map((line) => lineToHtml(line, state))
          .join('<br>')}</p>`,
    )
    .join('')
}

function lineToHtml(line: string, state: DoubleState): string {
  const pieces = new RegExp(`${url.source}|${mention.source}|${tag.source}`, 'giu')
  let html = ''
  let at = 0
  for (const match of line.matchAll(pieces)) {
    html += proseToHtml(line.slice(at, match.index), state) + entityToHtml(match[0], state)
    at = match.index + match[0].length
  }
  return html + proseToHtml(line.slice(at), state)
}

/** GoToSocial reads Markdown when the account says so; then the text itself loses its marks. */
function proseToHtml(prose: string, state: DoubleState): string {
  const escaped = escapeHtml(prose)
  if (state.settings.software === 'mastodon') return escaped.replaceAll("'", '&#39;')
  return escaped.replace(/\*\*([^*\s][^*]*)\*\*/g, '<strong>$1</strong>').replace(/\*([^*\s][^*]*)\*/g, '<em>$1</em>')
}

function entityToHtml(entity: string, state: DoubleState): string {
  const plain = state.settings.software === 'gotosocial'
  if (entity.startsWith('#')) {
    const name = entity.slice(1)
    const href = `${state.url}/tags/${encodeURIComponent(name.toLowerCase())}`
    return `<a href="${href}" class="mention hashtag" rel="tag">#<span>${escapeHtml(name)}</span></a>`
  }
  if (entity.startsWith('@')) {
    const account = findAccount(state, entity.slice(1))
    if (!account) return escapeHtml(entity)
    const user = escapeHtml(account.acct.split('@')[0]!)
    const address = profileUrl(account, state)
    return `<span class="h-card"${plain ? '' : ' translate="no"'}><a href="${address}" class="u-url mention">@<span>${user}</span></a></span>`
  }
  const href = escapeHtml(entity)
  if (plain) return `<a href="${href}" rel="nofollow noreferrer noopener" target="_blank">${href}</a>`
  return `<a href="${href}" target="_blank" rel="nofollow noopener" translate="no">${shortened(entity)}</a>`
}

/** The scheme and what is past thirty characters are hidden, not left out. */
function shortened(address: string): string {
  const [scheme = ''] = /^https?:\/\/(?:www\.)?/i.exec(address) ?? []
  const shown = address.slice(scheme.length, scheme.length + 30)
  const rest = address.slice(scheme.length + 30)
  return `<span class="invisible">${escapeHtml(scheme)}</span><span class="${rest ? 'ellipsis' : ''}">${escapeHtml(shown)}</span><span class="invisible">${escapeHtml(rest)}</span>`
}

export function profileUrl(account: DoubleAccount, state: DoubleState): string {
  if (isLocal(account)) return `${state.url}/@${account.acct}`
  const [user, host] = account.acct.split('@')
  return `https://${host}/@${user}`
}
