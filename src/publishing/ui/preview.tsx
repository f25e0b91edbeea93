// How a post will look: a calm card that is right about what appears and makes no promise about each network's own style.

import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { AccountAvatar } from '../../accounts/ui/account-avatar.tsx'
import { type Account, limitsOf } from '../../accounts/ui/use-accounts.ts'
import type { Draft, DraftMedia, LinkCard, Segment } from '../../connectors/contract.ts'
import { fileUrl } from './file-url.ts'
import { Picture } from './picture.tsx'
import { RichText } from './rich-text.tsx'
import './preview.css'

const ArticleBody = lazy(async () => ({ default: (await import('./article-body.tsx')).ArticleBody }))

interface PreviewProps {
  draft: Draft
  account: Account
  network: string
  orgId: string
}

export function Preview({ draft, account, network, orgId }: PreviewProps) {
  const limits = limitsOf(account)
  const article = limits.text.format === 'markdown'
  return (
    <article className="pv-card" aria-label={`How it looks on ${network}, ${account.name}`}>
      <p className="pv-network">{network}</p>
      <Author account={account} />
      {article ? (
        <Article draft={draft} orgId={orgId} />
      ) : (
        draft.segments.slice(0, Math.max(1, limits.thread?.max ?? 1)).map((segment, index, all) => (
          <div key={index} className="pv-segment" data-thread={index < all.length - 1 || undefined}>
            <SegmentPreview segment={segment} orgId={orgId} card={limits.linkCard === true} />
          </div>
        ))
      )}
      {draft.firstComment?.trim() && limits.firstComment && (
        <div className="pv-comment">
          <span className="pv-note">First comment</span>
          <p className="pv-text">
            <RichText text={draft.firstComment} />
          </p>
        </div>
      )}
    </article>
  )
}

function Author({ account }: { account: Account }) {
  return (
    <header className="pv-author">
      <AccountAvatar account={account} size={36} />
      <div>
        <span className="pv-name">{account.displayName || account.name}</span>
        <span className="pv-handle">{account.handle}</span>
      </div>
    </header>
  )
}

export function SegmentPreview({ segment, orgId, card }: { segment: Segment; orgId: string; card: boolean }) {
  return (
    <>
      {segment.text.trim() ? (
        <p className="pv-text">
          <RichText text={segment.text} />
        </p>
      ) : (
        segment.media.length === 0 && <p className="pv-note">Nothing written yet</p>
      )}
      <MediaGrid media={segment.media} orgId={orgId} />
      {card && segment.link && segment.media.length === 0 && <Card link={segment.link} />}
    </>
  )
}

export function MediaGrid({ media, orgId }: { media: DraftMedia[]; orgId: string }) {
  if (media.length === 0) return null
  return (
    <div className="pv-media" data-count={Math.min(media.length, 4)}>
      {media.map((item) =>
        item.kind === 'image' ? (
          <Picture key={item.id} item={item} orgId={orgId} />
        ) : (
          <video
            key={item.id}
            src={fileUrl(orgId, item.id, 'original')}
            controls
            preload="metadata"
            aria-label={item.alt || 'Video'}
          >
            <track kind="captions" />
          </video>
        ),
      )}
    </div>
  )
}

function Card({ link }: { link: LinkCard }) {
  return (
    <div className="pv-link">
      <span className="pv-note">{URL.canParse(link.url) ? new URL(link.url).hostname : link.url}</span>
      <b>{link.title || link.url}</b>
      {link.description && <span>{link.description}</span>}
    </div>
  )
}

function Article({ draft, orgId }: { draft: Draft; orgId: string }) {
  return (
    <div className="pv-article">
      {draft.featured && <Picture className="pv-featured" item={draft.featured} orgId={orgId} />}
      {draft.title && <p className="pv-title">{draft.title}</p>}
      {draft.excerpt && <p className="pv-excerpt">{draft.excerpt}</p>}
      <Suspense fallback={<Skeleton height={60} />}>
        <ArticleBody text={draft.segments[0]?.text ?? ''} media={draft.segments[0]?.media ?? []} orgId={orgId} />
      </Suspense>
      {draft.tags && draft.tags.length > 0 && <p className="pv-note">{draft.tags.join(' · ')}</p>}
    </div>
  )
}
