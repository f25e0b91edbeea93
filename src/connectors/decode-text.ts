// Turns the bytes of a feed or page into text, whichever of its contradicting declarations of a charset is true.

/**
 * Bytes that are valid UTF-8 and more than ASCII are UTF-8 whatever is declared, because other charsets hardly ever happen to
 * look like it, while servers often declare their own default. Then the header counts, then the declaration inside, as in
 * RFC 7303, and at last the charset in which browsers read the undeclared web.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  const marked = byMark(bytes)
  if (marked) return clean(marked)
  const utf8 = decode(bytes, 'utf-8')
  if (utf8 !== null && hasOtherThanAscii(bytes)) return clean(utf8)
  const declared = [/charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1], declaredInside(bytes)]
  for (const label of declared) {
    // A declaration of UTF-16 that can be read as ASCII is an error of the author.
    const text = label && !/^utf-?(8|16)/i.test(label) ? decode(bytes, label) : null
    if (text !== null) return clean(text)
  }
  return clean(utf8 ?? decode(bytes, 'windows-1252') ?? '')
}

function byMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder('utf-8').decode(bytes)
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  // UTF-16 without its mark: the first "<" tells the order of the bytes.
  if (first === 0x3c && second === 0) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0 && second === 0x3c) return new TextDecoder('utf-16be').decode(bytes)
  return null
}

/** null: these bytes are not in that charset, or nobody knows it. */
function decode(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function declaredInside(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1')
  const inXml = /<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1]
  return inXml ?? /<meta\s[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1]
}

const hasOtherThanAscii = (bytes: Uint8Array) => bytes.some((byte) => byte > 0x7f)

/** XML allows none of these characters, and PostgreSQL stores no zero. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/^\ufeff/, '')
}
