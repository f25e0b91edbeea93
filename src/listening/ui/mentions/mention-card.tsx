// One thing that somebody said: who, where, when, the words, and how they were understood.

import { Anchor, Button, Tooltip } from '@mantine/core'
import { IconPhoto, IconPlayerPlay, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { client, Output } from '../../../kit/api.ts'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { HandOnMenu } from '../handing-on/hand-on-menu.tsx'
import { InInbox } from '../handing-on/taken-over.tsx'
import { CorrectLabels } from '../labels/correct-labels.tsx'
import { labelWord, languageWord, sentimentWords } from '../listen-words.ts'
import { TopicBadges } from '../topic-badges.tsx'
import { useNetworkName } from '../use-network-name.ts'
import { Doubles } from './doubles.tsx'

export type Mention = Output<typeof client.mentions.read>

const longText = 480
const nobody: readonly Mention[] = []

export function MentionCard({
  mention: heard,
  topicName,
  more = nobody,
}: {
  mention: Mention
  topicName: (id: string) => string | null
  /** Those of the same list that say the same. */
  more?: readonly Mention[]
}) {
  const [corrected, setCorrected] = useState<Mention | null>(null)
  // Until the list brings it again; the live list brings nothing again.
  useEffect(() => setCorrected(null), [heard.labelledAt])
  const mention = corrected ?? heard
  const { title, text, author } = mention
  const [open, setOpen] = useState(false)
  const networkName = useNetworkName()
  const cut = !open && text.length > longText
  return (
    <li className="lr-panel li-mention">
      <div className="li-from">
        <Author author={author} />
        {author?.handle && author.name && <span>@{author.handle.replace(/^@/, '')}</span>}
        {author?.followers !== null && author?.followers !== undefined && (
          <span>
            <IconUsers size={13} aria-label="Followers" /> {author.followers.toLocaleString()}
          </span>
        )}
        <span>{networkName(mention.network)}</span>
        <Address mention={mention}>
          <TimeText at={mention.at} relative />
        </Address>
      </div>
      {title && <h3>{title}</h3>}
      <p dir="auto" lang={mention.language === 'und' ? undefined : mention.language}>
        {cut ? `${text.slice(0, longText).trimEnd()} …` : text}
      </p>
      {text.length > longText && (
        <Button
          className="li-more"
          variant="subtle"
          size="compact-xs"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
        >
          {open ? 'Less' : 'All of it'}
        </Button>
      )}
      <div className="li-labels">
        <Labels mention={mention} topicName={topicName} />
        <CorrectLabels mention={mention} corrected={setCorrected} />
        <HandOnMenu mention={mention} />
        <InInbox mentionId={mention.id} />
      </div>
      <Doubles mention={heard} here={more} />
    </li>
  )
}

function Author({ author }: Pick<Mention, 'author'>) {
  const { slug } = useOrg()
  if (!author) return <strong>Nobody named</strong>
  return (
    <strong>
      <TextLink inherit c="inherit" to="/o/$slug/listen/people/$authorId" params={{ slug, authorId: author.id }}>
        {author.name ?? author.handle ?? 'Somebody'}
      </TextLink>
    </strong>
  )
}

function Address({ mention, children }: { mention: Mention; children: ReactNode }) {
  if (!mention.url) return <span>{children}</span>
  return (
    <Anchor href={mention.url} target="_blank" rel="noopener noreferrer" inherit c="inherit">
      {children}
    </Anchor>
  )
}

function Labels({ mention, topicName }: { mention: Mention; topicName: (id: string) => string | null }) {
  const { sentiment, sentimentCertainty, intent, emotion, crisis, language, media, topicIds, labelledAt } = mention
  const mood = sentiment === null ? null : sentimentWords[String(sentiment)]
  return (
    <>
      <TopicBadges ids={topicIds} topicName={topicName} />
      {mood && (
        <Tooltip
          label={
            labelledAt !== null && sentimentCertainty === null
              ? 'Somebody set this'
              : `${sentimentCertainty} % certain, as measured on texts that people judged`
          }
          disabled={sentimentCertainty === null && labelledAt === null}
        >
          <span>
            <Badge tone={mood.tone}>{mood.label}</Badge>
          </span>
        </Tooltip>
      )}
      {intent && <Badge tone="quiet">{labelWord(intent)}</Badge>}
      {emotion && <Badge tone="quiet">{labelWord(emotion)}</Badge>}
      {crisis !== null && crisis >= 50 && <Badge tone="crimson">People hurt or in need</Badge>}
      {language !== 'en' && <Badge tone="quiet">{languageWord(language)}</Badge>}
      {media.includes('image') && <IconPhoto size={16} role="img" aria-label="With a picture" />}
      {media.includes('video') && <IconPlayerPlay size={16} role="img" aria-label="With a video" />}
    </>
  )
}
