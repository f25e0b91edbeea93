// Exactly what goes out to one account, as it was shown for approval.

import type { ReactNode } from 'react'
import type { Draft } from '../../../connectors/contract.ts'
import { SegmentPreview } from '../preview.tsx'

interface RenditionCardProps {
  content: Draft
  /** “Harbour Outdoor, Practice network”. */
  title: string
  /** Where its files are: an organisation, or the link of somebody outside. */
  files: string
  children?: ReactNode
}

export function RenditionCard({ content, title, files, children }: RenditionCardProps) {
  return (
    <article className="ap-rendition" aria-label={title}>
      <p className="ap-name">{title}</p>
      {content.title && <p className="pv-title">{content.title}</p>}
      {content.segments.map((segment, index) => (
        <div key={index} className="pv-segment">
          <SegmentPreview segment={segment} orgId={files} card />
        </div>
      ))}
      {content.firstComment?.trim() && (
        <div className="pv-comment">
          <span className="pv-note">First comment</span>
          <p className="pv-text">{content.firstComment}</p>
        </div>
      )}
      {children}
    </article>
  )
}
