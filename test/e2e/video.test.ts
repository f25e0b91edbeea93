// Journey: a video is dropped, watched while it uploads, described, seen in the preview, and goes out to a real network.

import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { describeServer } from '../servers/describe-server.ts'
import { type Pds, type PdsAccount, startPds } from '../servers/pds.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { read, untilState } from './posts.ts'
import { eventually, setStage } from './stage.ts'

describeJourney('a video', () => {
  describeServer('pds', () => {
    const held: { pds?: Pds; author?: PdsAccount } = {}
    const stage = setStage({}, async ({ example: { call, org } }) => {
      held.pds = await startPds()
      held.author = await held.pds.createAccount('filmer')
      const values = { service: held.pds.url, identifier: held.author.handle, password: held.author.appPassword }
      await call('POST', `/orgs/${org.id}/accounts`, { connector: 'bluesky', method: 'app-password', values })
    })
    afterAll(() => held.pds?.stop())

    test('dropped, described, previewed and published', async () => {
      const { page, context } = await stage.visitAs(exampleOwner)
      await page.goto('/o/harbour-outdoor/compose')
      const account = page.getByRole('group', { name: 'Accounts' }).getByRole('button', { name: /filmer/ })
      if ((await account.getAttribute('aria-pressed')) === 'false') await account.click()
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill('The sea today.')

      const line = await context.newCDPSession(page)
      await line.send('Network.emulateNetworkConditions', {
        ...{ offline: false, latency: 0, downloadThroughput: -1 },
        uploadThroughput: 40_000,
      })
      await dropVideo(page)
      const progress = page.getByRole('progressbar', { name: 'Upload of sea.mp4' })
      await eventually(async () => Number(await progress.getAttribute('aria-valuenow'))).toSatisfy(
        (share: number) => share > 0 && share < 100,
      )
      await line.detach()
      await progress.waitFor({ state: 'hidden' })

      const description = page.getByLabel('Describe the video')
      await description.fill('Waves, and one gull')
      await page.getByText(/^320 × 180, \d+ kB$/).waitFor()
      expect(await page.getByRole('button', { name: /^Crop/ }).count()).toBe(0)
      const preview = page.locator('.pv-media video')
      await eventually(() =>
        preview.evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight]),
      ).toEqual([320, 180])
      await preview.evaluate((video: HTMLVideoElement) => {
        video.muted = true
        return video.play()
      })
      await eventually(() => preview.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0)

      await page.getByText('Now', { exact: true }).click()
      await page.getByRole('button', { name: 'Post now' }).click()
      await page.waitForURL('**/posts/*')
      const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
      await untilState(stage.example, id, 'published')
      expect((await read(stage.example, id)).content.segments[0]?.media).toMatchObject([
        { kind: 'video', type: 'video/mp4' },
      ])
      expect(await lastRecord(held)).toMatchObject({
        text: 'The sea today.',
        embed: {
          $type: 'app.bsky.embed.video',
          alt: 'Waves, and one gull',
          aspectRatio: { width: 320, height: 180 },
          video: { mimeType: 'video/mp4' },
        },
      })
    })
  })
})

/** Filmed by the browser itself, from a canvas, and dropped as from a folder. */
const dropVideo = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 })
    const brush = canvas.getContext('2d')!
    const drawing = setInterval(() => {
      for (let x = 0; x < 320; x += 8) {
        brush.fillStyle = `hsl(${Math.random() * 360} 80% 50%)`
        for (let y = 0; y < 180; y += 8) brush.fillRect(x, y, 8, 8)
      }
    }, 40)
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/mp4;codecs=avc1.42E01E' })
    const pieces: Blob[] = []
    recorder.ondataavailable = ({ data }) => pieces.push(data)
    recorder.start()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve))
    recorder.stop()
    await stopped
    clearInterval(drawing)
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(pieces, 'sea.mp4', { type: 'video/mp4' }))
    const place = document.querySelector('.cp-segment')!
    place.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }))
    place.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })

async function lastRecord({ pds, author }: { pds?: Pds; author?: PdsAccount }): Promise<unknown> {
  const list = `${pds!.url}/xrpc/com.atproto.repo.listRecords?repo=${author!.did}&collection=app.bsky.feed.post`
  const { records } = (await (await fetch(list)).json()) as { records: { value: unknown }[] }
  return records[0]?.value
}
