// Takes out what a file or an export added to a text: entities of HTML and escapes of JSON that were never undone.

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", nbsp: ' ' }

/** Texts that come from a connector are clean already; those read from files seldom are. */
export function cleanText(raw: string): string {
  if (!/[&\\"]/.test(raw)) return raw.trim()
  return raw
    .replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\\+""+/g, '"')
    .replaceAll(/\\(["'/])/g, '$1')
    .replaceAll(/\\[nrt]/g, ' ')
    .replaceAll('""', '"')
    .replaceAll(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (_, name: string) => entities[name]!)
    .trim()
}
