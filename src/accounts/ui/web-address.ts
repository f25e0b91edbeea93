// Addresses that outside servers gave: only those of the web become links.

export const webAddress = (url: string | null | undefined): string | undefined =>
  url && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined

/** `https://example.org/` → `example.org`. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
