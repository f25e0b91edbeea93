// Visits the web app as a person does: the machine's Chromium, signing in, checks of accessibility, pictures.

import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
export const chromiumPath = process.env.CHROMIUM_PATH ?? installed.find(existsSync) ?? installed[0]!

/** Where journeys are skipped because the machine has no browser. */
export const hasBrowser = (): boolean => existsSync(chromiumPath)

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: flags })

export interface Screen {
  width: number
  height: number
  dark?: boolean
  touch?: boolean
}

export const screens = {
  wide: { width: 1280, height: 860 },
  dark: { width: 1280, height: 860, dark: true },
  phone: { width: 360, height: 740, touch: true },
  'phone-dark': { width: 360, height: 740, touch: true, dark: true },
} satisfies Record<string, Screen>

export interface Visit {
  context: BrowserContext
  page: Page
  /** What the page complained about: errors of scripts, refused loads, broken policies. */
  complaints: string[]
}

/** A fresh visitor of the installation at `address`, without motion so that pictures are still. */
export async function visit(browser: Browser, address: string, screen: Screen = screens.wide): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: screen.width, height: screen.height },
    colorScheme: screen.dark ? 'dark' : 'light',
    hasTouch: screen.touch ?? false,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    acceptDownloads: true,
  })
  const complaints = listen(context, address)
  return { context, page: await context.newPage(), complaints }
}

function listen(context: BrowserContext, address: string): string[] {
  const complaints: string[] = []
  // What other sites complain of, such as a sign-in provider, is theirs.
  const ours = (page: Page | null) => page?.url().startsWith(address) ?? false
  context.on('weberror', (thrown) => {
    if (ours(thrown.page())) complaints.push(`script: ${thrown.error().message}`)
  })
  context.on('console', (message) => {
    // A refusal of the API is an answer like any other; the page has words for it.
    const refusal = /status of (400|401|403|404|409|410|413|422|429)/.test(message.text())
    if (ours(message.page()) && message.type() === 'error' && !refusal) complaints.push(`console: ${message.text()}`)
  })
  return complaints
}

/** Another look at the same signed-in person. */
export async function onScreen({ context }: Visit, browser: Browser, address: string, screen: Screen): Promise<Visit> {
  const other = await visit(browser, address, screen)
  await other.context.addCookies(await context.cookies())
  return other
}

export interface Owner {
  name: string
  email: string
  password: string
  organisation: string
}

/** The first start by its page; ends at Today. */
export async function setUpByPage(page: Page, owner: Owner): Promise<void> {
  await page.goto('/welcome')
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('Your e-mail address').fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByLabel('Organisation', { exact: true }).fill(owner.organisation)
  await page.getByRole('button', { name: 'Create and begin' }).click()
  await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
}

/** Signing in by its page; ends wherever the person wanted to go. */
export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await fillSignIn(page, person)
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

/** The first step of signing in, whatever comes of it. */
export async function fillSignIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  if (!page.url().includes('/sign-in')) await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Waits until nothing on the page is loading any more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForFunction(() => !document.querySelector('.lr-loading, .mantine-Loader-root'))
  await page.evaluate(() => document.fonts.ready)
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// Menus and toasts belong to no landmark: they come and go above the page.
const apart = ['region']

/** Of axe what is used here; it comes with its package for the browser that drives the pages. */
interface Axe {
  run(where: Document, options: object): Promise<{ violations: Violation[] }>
}

interface Violation {
  id: string
  help: string
  nodes: { target: string[]; html: string }[]
}

const { source: axeSource } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core') as {
  source: string
}

/** One line per violation of WCAG 2.2 AA, or of the rules named alone, and per place; empty when there is none. */
export async function accessibilityFaults(page: Page, only?: string[]): Promise<string[]> {
  await still(page)
  // A document reads it once, however often it is looked at: its builder reads it each time, which took half of the time of a look.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const options = {
    runOnly: only ? { type: 'rule', values: only } : { type: 'tag', values: rules },
    ...(only ? {} : { rules: Object.fromEntries(apart.map((rule) => [rule, { enabled: false }])) }),
    // What is right need not be described place by place, and what the style sheets say the browser has worked out already.
    ...{ resultTypes: ['violations'], preload: false },
  }
  const violations = await page.evaluate(async (given) => {
    const { axe } = window as unknown as { axe: Axe }
    const found = await axe.run(document, given)
    return found.violations.map(({ id, help, nodes }) => ({
      ...{ id, help },
      nodes: nodes.map(({ target, html }) => ({ target, html: html.slice(0, 160) })),
    }))
  }, options)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')} ${html}`),
  )
}

/** Colours that are on their way from light to dark are neither: waits until they rest. What inherits one sets out when that has arrived. */
const still = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    const isChanging = () => document.getAnimations().some((each) => each instanceof CSSTransition)
    const latest = performance.now() + 3_000
    for (let rested = 0; rested < 2 && performance.now() < latest; rested = isChanging() ? 0 : rested + 1) await frame()
  })

/** Pixels by which the page is wider than the screen; 0 is right. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const longest = 6000

/** Keeps a picture of the whole page under test-results/, for people to look at. */
export async function picture(page: Page, name: string, folder = 'test-results/pictures'): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  // On a screen as long as the page, so that bars which stay in place lie at its end and not across its middle.
  const screen = page.viewportSize()
  const length = await page.evaluate(() => document.documentElement.scrollHeight)
  if (screen && length > screen.height) await page.setViewportSize({ ...screen, height: Math.min(length, longest) })
  await page.screenshot({ path, fullPage: true })
  if (screen) await page.setViewportSize(screen)
  return path
}
