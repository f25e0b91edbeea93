// Comma-separated text for spreadsheets, and its way into a file of the person who asked.

/** A cell that a spreadsheet would run as a formula is led by an apostrophe. */
const cell = (value: unknown): string => {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvOf = (header: string[], rows: unknown[][]): string =>
  [header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')

export function saveAsFile(name: string, type: string, content: string): void {
  // The mark at the beginning tells spreadsheets that the text is UTF-8.
  const mark = type === 'text/csv' ? '\uFEFF' : ''
  saveBlob(name, new Blob([mark, content], { type: `${type};charset=utf-8` }))
}

export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
