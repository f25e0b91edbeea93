// The Markdown of an article as it will be rendered: by the same code that writes it for the networks, which lets no HTML through.

import { useMemo } from 'react'
import type { DraftMedia } from '../../connectors/contract.ts'
import { mediaIn, renderMarkdown } from '../../connectors/markdown.ts'
import { pictureUrl, withCrops } from './picture.tsx'
import { MediaGrid } from './preview.tsx'

/** Enough to judge an article by; the rest would only slow down typing. */
const mostShown = 40_000

export function ArticleBody({ text, media, orgId }: { text: string; media: DraftMedia[]; orgId: string }) {
  const shown = text.slice(0, mostShown)
  const html = useMemo(() => {
    const known = new Map(media.map((item) => [item.id, item]))
    const blocks = renderMarkdown(shown, (id) => {
      const item = known.get(id)
      return item?.kind === 'image' ? { url: pictureUrl(orgId, item), alt: item.alt } : null
    })
    const cropped = new Map(media.filter(({ crop }) => crop).map((item) => [pictureUrl(orgId, item), item]))
    return withCrops(blocks.map((block) => block.html).join('\n'), cropped)
  }, [shown, media, orgId])
  const inText = useMemo(() => mediaIn(shown), [shown])
  if (!text.trim() && media.length === 0) return <p className="pv-note">Nothing written yet</p>
  return (
    <>
      {/* Safe: the renderer shows HTML as text and lets only links through that a page may have. */}
      <div className="pv-prose" dangerouslySetInnerHTML={{ __html: html }} />
      <MediaGrid media={media.filter(({ id }) => !inText.has(id))} orgId={orgId} />
      {text.length > mostShown && <p className="pv-note">The preview ends here; the article goes on.</p>}
    </>
  )
}
