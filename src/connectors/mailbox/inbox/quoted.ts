// Cuts from a mail what it repeats of earlier ones, so that a conversation shows each word once. What cannot be told apart is kept.

export interface CutMail {
  text: string
  /** null: it repeats nothing. */
  quoted: string | null
}

/** `On Monday, Kim wrote:` in the languages of the programs that write it; the name may stand on a line of its own. */
const wroteWords = [
  'wrote',
  'writes',
  'schrieb',
  'schreibt',
  'a écrit',
  'escribió',
  'ha scritto',
  'scrisse',
  'schreef',
  'escreveu',
  'skrev',
  'napisał(?:\\(a\\))?',
  'napsal(?:\\(a\\))?',
  'kirjoitti',
  'yazdı',
  'написал(?:\\(а\\))?',
  'пише',
  '写道',
  'のメール',
]
const wrote = new RegExp(`(?:${wroteWords.join('|')})[^\\n]{0,120}[:：]\\s*$`, 'iu')
const separator =
  /^\s*(?:-{2,}|_{5,}|\*{5,})\s*(?:original message|original-nachricht|ursprüngliche nachricht|weitergeleitete nachricht|forwarded message|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original)?\s*(?:-{2,}|_{5,}|\*{5,})?\s*$/i
const named = /original message|nachricht|forwarded|message d'origine|mensaje|messaggio|bericht|mensagem/i
/** The block of headers with which some programs begin what they repeat. */
const fromLine = /^\s*\*?(?:from|von|de|da|van|från|fra|od|lähettäjä)\s*:\*?\s+\S/i
const nextHeader =
  /^\s*\*?(?:sent|gesendet|date|datum|envoyé|enviado|inviato|data|verzonden|skickat|sendt|to|an|à|para|a|aan|till|subject|betreff|objet|asunto|oggetto|onderwerp)\s*:\*?\s+\S/i

/** Only what stands at the end is cut: whoever answers between the lines means the lines too. */
export function cutQuoted(text: string): CutMail {
  const lines = text.split('\n')
  const begin = beginOf(lines)
  if (begin === null) return { text: text.trim(), quoted: null }
  const kept = lines.slice(0, begin).join('\n').trim()
  const quoted = lines.slice(begin).join('\n').trim()
  // A mail that only repeats is shown as it is.
  return kept === '' ? { text: text.trim(), quoted: null } : { text: kept, quoted }
}

const isQuoted = (line: string): boolean => /^\s*>/.test(line)

function beginOf(lines: string[]): number | null {
  const last = lines.findLastIndex(isQuoted)
  // From here on there is nothing of the writer's own.
  const tail = lines.findLastIndex((line) => !isQuoted(line) && line.trim() !== '') + 1
  const onlyQuotes = (from: number) => from >= tail && from <= last
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (separator.test(line) && (named.test(line) || startsHeaders(lines, at + 1))) return at
    if (startsHeaders(lines, at)) return at
    const intro = introAt(lines, at)
    if (intro !== null && onlyQuotes(intro)) return at
    if (isQuoted(line) && onlyQuotes(at)) return at
  }
  return null
}

/** Some programs leave out nothing but the first of these. */
function startsHeaders(lines: string[], at: number): boolean {
  let first = at
  while (first < at + 2 && lines[first]?.trim() === '') first++
  if (!fromLine.test(lines[first] ?? '')) return false
  const following = lines.slice(first + 1, first + 5).filter((line) => nextHeader.test(line))
  return following.length >= 2
}

/** Where the quotation begins behind a line such as `On … wrote:`, which may be broken in two; null: this is none. */
function introAt(lines: string[], at: number): number | null {
  const line = lines[at]!.trim()
  if (line === '' || line.length > 300) return null
  if (wrote.test(line)) return at + 1
  const joined = `${line} ${lines[at + 1]?.trim() ?? ''}`
  return joined.length < 400 &&
    !isQuoted(line) &&
    wrote.test(joined) &&
    /^(?:on|am|le|el|il|op|em|den|dnia|w dniu)\b/i.test(line)
    ? at + 2
    : null
}

// ── HTML ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Where programs mark in HTML what they repeat. */
const marks = [
  /<(?:div|blockquote)[^>]{0,300}class="[^"]{0,200}\b(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote)\b/i,
  /<blockquote[^>]{0,300}type="?cite"?/i,
  /<div[^>]{0,300}id="?(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container)"?/i,
  /<div[^>]{0,300}style="[^"]{0,200}border-top:\s*solid\s+#(?:E1E1E1|B5C4DF)\s+1\.0pt/i,
]

/** HTML in two: what is written, and what is repeated. */
export function cutHtml(html: string): { own: string; quoted: string | null } {
  const found = marks.map((mark) => html.search(mark)).filter((at) => at >= 0)
  if (found.length === 0) return { own: html, quoted: null }
  const at = Math.min(...found)
  return { own: html.slice(0, at), quoted: html.slice(at) }
}
