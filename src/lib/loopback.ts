// This machine, by the names that people and browsers have for it.

/** As `URL.hostname` spells them. */
export const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

export const isLoopback = (hostname: string): boolean =>
  loopbackNames.includes(hostname) || /^127(\.\d+){3}$/.test(hostname)
