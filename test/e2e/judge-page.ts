// Looks at a page as people see it, in both colours: what is wrong, and on demand a picture of each.

import type { CDPSession, Page } from 'playwright-core'
import { accessibilityFaults, picture, type Screen, screens, settled, sidewaysScroll } from './browser.ts'

export const looks = [
  { width: 'wide', screen: screens.wide, dark: 'dark' },
  { width: 'phone', screen: screens.phone, dark: 'phone-dark' },
] as const

export type Look = (typeof looks)[number]

/** What is judged elsewhere already, on a page of the same parts, need not be judged again: it is most of the time. */
export interface Judging {
  /** Its colours when it is dark. */
  dark: boolean
  /** All rules of accessibility. */
  rules: boolean
}

/** One line for each fault. The page stays as it is; only its colours go and come back. */
export async function judgePage(
  page: Page,
  name: string,
  { width, dark }: Look,
  judging: Judging = { dark: true, rules: true },
): Promise<string[]> {
  await settled(page)
  await drawAll(page)
  const file = name.replaceAll(/[^\w]+/g, '-').replaceAll(/^-|-$/g, '')
  const headings = await page.getByRole('heading', { level: 1 }).count()
  const sideways = await sidewaysScroll(page)
  const found = [
    ...(headings === 1 ? [] : [`${headings} first headings`]),
    ...(sideways === 0 ? [] : [`${sideways} pixels too wide`]),
    ...(judging.rules ? await accessibilityFaults(page) : []),
  ].map((fault) => `${name}, ${width}: ${fault}`)
  await keepPicture(page, `${file}-${width}`)
  if (!judging.dark && !process.env.PICTURES) return found
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('[data-mantine-color-scheme="dark"]').waitFor()
  const inDark = judging.dark ? await accessibilityFaults(page, ['color-contrast']) : []
  await keepPicture(page, `${file}-${dark}`)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('[data-mantine-color-scheme="light"]').waitFor()
  return [...found, ...inDark.map((fault) => `${name}, ${dark}: ${fault}`)]
}

/** What is set through one of them holds as long as it is open. */
const sessions = new WeakMap<Page, CDPSession>()

/** The page goes on, on another screen: as wide, and with or without fingers. */
export async function takeScreen(page: Page, { width, height, touch = false }: Screen): Promise<void> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page))
  sessions.set(page, session)
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: touch })
  await page.setViewportSize({ width, height })
  // Until what is drawn follows: the app looks at its width itself.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
}

/** What is out of sight is drawn too: a browser that puts it off judges it by colours that it had before. */
const drawAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('* { content-visibility: visible !important }')
    document.adoptedStyleSheets = [sheet]
  })

/**
 * Goes to another page as a link does, without loading the app again: that took half of the time of looking at all pages. Where the
 * same page shows something else, or the way leads out of the app, the address is opened anew.
 */
export async function goOn(page: Page, address: string): Promise<void> {
  const from = page.url().startsWith('http') ? new URL(page.url()).pathname : ''
  const to = new URL(address, 'http://app').pathname
  if (!inApp(from) || !inApp(to) || pageOf(from) === pageOf(to)) return void (await page.goto(address))
  await page.evaluate((next) => {
    document.querySelector('h1')?.setAttribute('data-before', '')
    window.history.pushState(null, '', next)
  }, address)
  await page.locator('h1:not([data-before])').first().waitFor()
}

const inApp = (path: string): boolean => path.startsWith('/o/')
/** `/o/slug/posts/(id)` and `/o/slug/settings/members`: what is one page, whatever it shows. */
const pageOf = (path: string): string =>
  path
    .split('/')
    .slice(3)
    .join('/')
    .replaceAll(/[0-9a-f]{8}-[-0-9a-f]+/g, '(id)')

/** `PICTURES=1 bin/test test/e2e/pages.test.ts` keeps them in test-results/pictures, to be looked at; they take a fifth of the time. */
async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES) await picture(page, name)
}
