// Journey: two hundred files are dropped, the page is closed in the middle, and the same drop again brings the rest; nothing is there twice.

import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { setStage } from './stage.ts'

interface Sent {
  name: string
  bytes: number
}
interface Given {
  name: string
  content: string
}

const many = 200

/** Two hundred small requests take a while where many others are at work. */
const inTime = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 120_000 })

/** Small pictures, each of its own content, the same each time. */
async function manyPictures(): Promise<Given[]> {
  const files: Given[] = []
  for (let at = 0; at < many; at++) {
    const pixels = Buffer.from(
      Array.from({ length: 48 * 48 * 3 }, (_, index) => (index * (at + 7) * 2_654_435_761) >>> 24),
    )
    const content = await sharp(pixels, { raw: { width: 48, height: 48, channels: 3 } })
      .png()
      .toBuffer()
    files.push({ name: `tour ${String(at).padStart(3, '0')}.png`, content: content.toString('base64') })
  }
  return files
}

const dropThem = (page: Page, files: Given[]): Promise<void> =>
  page.evaluate((given) => {
    const dataTransfer = new DataTransfer()
    for (const { name, content } of given)
      dataTransfer.items.add(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name))
    const place = document.querySelector('.md-layout')!
    for (const kind of ['dragenter', 'dragover', 'drop'])
      place.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))
  }, files)

/** What the page sends, at the moment it begins to. */
async function listenTo(page: Page): Promise<Sent[]> {
  const sent: Sent[] = []
  await page.exposeFunction('fileIsSent', (file: Sent) => void sent.push(file))
  await page.addInitScript(() => {
    const send = XMLHttpRequest.prototype.send
    XMLHttpRequest.prototype.send = function (body) {
      const file = body instanceof FormData ? body.get('file') : null
      const told = (window as unknown as { fileIsSent: (file: object) => void }).fileIsSent
      if (file instanceof File) told({ name: file.name, bytes: file.size })
      return send.call(this, body)
    }
  })
  return sent
}

const slowUploads = async (page: Page): Promise<void> => {
  const line = await page.context().newCDPSession(page)
  await line.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 20, downloadThroughput: -1 },
    uploadThroughput: 250_000,
  })
}

/** That the line was away is what the test wants. */
function forgetOffline(complaints: string[]): void {
  const others = complaints.filter((each) => !each.includes('ERR_INTERNET_DISCONNECTED'))
  complaints.splice(0, complaints.length, ...others)
}

describeJourney(
  'a drop of two hundred files',
  () => {
    const stage = setStage()
    const there = async (): Promise<{ id: string; fileName: string; copies: number }[]> => {
      const found: { id: string; fileName: string; copies: number }[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { call, org } = stage.example
        const page: { items: typeof found; nextCursor: string | null } = await call(
          'GET',
          `/orgs/${org.id}/media?limit=200${cursor && `&cursor=${cursor}`}`,
        )
        found.push(...page.items)
        cursor = page.nextCursor
      }
      return found
    }

    test('survives a closed page and a lost line', async () => {
      const files = await manyPictures()
      const visit = await stage.visitAs(exampleOwner)
      const first = await listenTo(visit.page)
      await visit.page.goto('/o/harbour-outdoor/media')
      await visit.page.getByText('No files yet').waitFor()
      await slowUploads(visit.page)
      await dropThem(visit.page, files)
      await visit.page.getByRole('progressbar', { name: 'All uploads' }).waitFor()
      await inTime(async () => (await there()).length).toBeGreaterThan(many / 5)
      await visit.page.close()

      const page = await visit.context.newPage()
      const second = await listenTo(page)
      await page.goto('/o/harbour-outdoor/media')
      await page.getByText(/An upload of 200 files broke off/).waitFor()
      const before = new Set((await there()).map(({ fileName }) => fileName))
      expect(before.size).toBeLessThan(many)
      await dropThem(page, files)
      await inTime(() => second.length).toBeGreaterThan(10)
      await visit.context.setOffline(true)
      await page.getByText(/^Waiting for the connection: \d+ of 200 are there\./).waitFor({ timeout: 60_000 })
      await visit.context.setOffline(false)
      forgetOffline(visit.complaints)
      await page.getByText(/^\d+ files added, \d+ were there already$/).waitFor({ timeout: 120_000 })

      const all = await there()
      expect(all.map(({ fileName }) => fileName).sort()).toEqual(files.map(({ name }) => name).sort())
      expect(all.filter(({ copies }) => copies > 0)).toEqual([])
      // What had arrived is not sent again.
      expect(second.filter(({ name }) => before.has(name))).toEqual([])
      // Cut off by the closed page or the lost line, so that nobody could know that they had arrived.
      const tries = [...Map.groupBy([...first, ...second], ({ name }) => name).values()].filter(
        (each) => each.length > 1,
      )
      const twice = tries.flatMap((each) => each.slice(1)).reduce((sum, { bytes }) => sum + bytes, 0)
      const total = files.reduce((sum, { content }) => sum + Buffer.from(content, 'base64').length, 0)
      console.log(
        `${many} files of ${total} bytes; ${before.size} there when the page came back; ${twice} bytes (${tries.length} files cut off) were sent twice`,
      )
      // Three on their way when the page closed, three when the line went.
      expect(tries.length).toBeLessThanOrEqual(6)

      forgetOffline(visit.complaints)
      await page.reload()
      await page.getByRole('list', { name: 'Files' }).getByRole('listitem').first().waitFor()
      expect(await page.getByText(/broke off/).count()).toBe(0)
    })

    test('tells what was refused, and takes it when it is mended', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto('/o/harbour-outdoor/media')
      await page.getByRole('button', { name: 'Add files' }).waitFor()
      await dropThem(page, [
        { name: 'notes.txt', content: Buffer.from('no picture at all').toString('base64') },
        {
          name: 'good.png',
          content: (
            await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123456' } })
              .png()
              .toBuffer()
          ).toString('base64'),
        },
      ])
      const uploads = page.getByRole('region', { name: 'Uploads' })
      await uploads.getByText('1 file added, 1 failed').waitFor()
      const refused = uploads.getByRole('listitem').filter({ hasText: 'notes.txt' })
      await refused.getByText(/Nobody can tell what kind of file this is\.|cannot be posted/).waitFor()
      await refused.getByRole('button', { name: 'Try notes.txt again' }).click()
      await refused.getByRole('button', { name: 'Forget notes.txt' }).click()
      await uploads.getByText('1 file added', { exact: true }).waitFor()
    })
  },
  300_000,
)
