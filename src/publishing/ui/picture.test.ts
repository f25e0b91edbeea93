// Crops in an article's text: the picture is put behind a frame, and everything else stays as it was rendered.

import { expect, test } from 'vitest'
import type { DraftMedia } from '../../connectors/contract.ts'
import { renderMarkdown } from '../../connectors/markdown.ts'
import { pictureUrl, withCrops } from './picture.tsx'

const item = (id: string, crop?: DraftMedia['crop']): DraftMedia => ({
  ...{ id, kind: 'image', type: 'image/png', bytes: 1, width: 400, height: 200, seconds: null, alt: 'A "path" > hill' },
  crop,
})
const cropped = item('cut', { x: 0.25, y: 0.5, width: 0.5, height: 0.25 })
const media = [cropped, item('whole')]

const html = renderMarkdown('One ![](media:cut) two ![](media:whole)', (id) => {
  const found = media.find((each) => each.id === id)
  return found ? { url: pictureUrl('org', found), alt: found.alt } : null
})
  .map((block) => block.html)
  .join('')

test('a cropped picture stands behind its frame, with its address and description', () => {
  const shown = withCrops(html, new Map([[pictureUrl('org', cropped), cropped]]))
  expect(shown).toContain('style="--pc-ratio:4;--pc-width:200px"')
  expect(shown).toContain('<img style="width:200%;height:400%;left:-50%;top:-200%" src="/files/org/cut/original"')
  expect(shown.match(/alt="A &quot;path&quot; &gt; hill"/g)).toHaveLength(2)
  expect(shown).toContain('<img src="/files/org/whole/thumbnail"')
  expect(shown.replaceAll(/<\/?span[^>]*>|style="[^"]*" /g, '')).toBe(html)
})

test('without crops nothing changes', () => {
  expect(withCrops(html, new Map())).toBe(html)
})
