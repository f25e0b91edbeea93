// The page an event or a notification is about.

import { linkOptions } from '@tanstack/react-router'
import type { RowLink } from '../../kit/data-table.tsx'

const ofLadder: ReadonlySet<string> = new Set(['competency', 'publishing-advice'])
const ofLearning: ReadonlySet<string> = new Set(['certificate', 'buddy', 'reading'])
const ofProgramme: ReadonlySet<string> = new Set(['programme', 'goal', 'commitment', 'assessment', 'time'])
const ofChoosing: ReadonlySet<string> = new Set(['line', 'choice'])
const ofReviews: ReadonlySet<string> = new Set(['line-review', 'line-verdict', 'line-stop'])

export function subjectLink(slug: string, subject: { kind: string | null; id: string | null }): RowLink | null {
  const { kind, id } = subject
  if (kind === 'post' && id) return linkOptions({ to: '/o/$slug/posts/$postId', params: { slug, postId: id } })
  if (kind === 'hold' && id) return linkOptions({ to: '/o/$slug/holds/$holdId', params: { slug, holdId: id } })
  if (kind === 'withdrawal' && id)
    return linkOptions({ to: '/o/$slug/withdrawals/$withdrawalId', params: { slug, withdrawalId: id } })
  if (kind === 'import' && id) return linkOptions({ to: '/o/$slug/imports/$importId', params: { slug, importId: id } })
  if (kind === 'link' && id) return linkOptions({ to: '/o/$slug/links/$linkId', params: { slug, linkId: id } })
  if (kind === 'brief' && id) return linkOptions({ to: '/o/$slug/briefs/$briefId', params: { slug, briefId: id } })
  if (kind === 'series' && id) return linkOptions({ to: '/o/$slug/series/$seriesId', params: { slug, seriesId: id } })
  if (kind === 'account' && id)
    return linkOptions({ to: '/o/$slug/accounts/$accountId', params: { slug, accountId: id } })
  if (kind === 'media')
    return linkOptions({ to: '/o/$slug/media', params: { slug }, search: id ? { file: id } : { rights: 'expiring' } })
  if (kind === 'media-folder' && id)
    return linkOptions({ to: '/o/$slug/media', params: { slug }, search: { folder: id } })
  if (kind === 'alert' && id)
    return linkOptions({ to: '/o/$slug/listen/alerts/$alertId', params: { slug, alertId: id } })
  if (kind === 'conversation' && id)
    return linkOptions({ to: '/o/$slug/inbox/$conversationId', params: { slug, conversationId: id } })
  if (kind === 'promise' || kind === 'hours') return linkOptions({ to: '/o/$slug/settings/promises', params: { slug } })
  if (kind === 'saved-reply') return linkOptions({ to: '/o/$slug/settings/saved-replies', params: { slug } })
  if (kind === 'macro') return linkOptions({ to: '/o/$slug/settings/macros', params: { slug } })
  if (kind === 'training') return linkOptions({ to: '/o/$slug/settings/trainings', params: { slug } })
  const inProgramme = kind && programmeLink(slug, kind)
  if (inProgramme) return inProgramme
  if (kind === 'drill')
    return id
      ? linkOptions({ to: '/o/$slug/settings/drills/$drillId', params: { slug, drillId: id } })
      : linkOptions({ to: '/o/$slug/settings/drills', params: { slug } })
  if (kind === 'exercise') return linkOptions({ to: '/o/$slug/settings/exercises', params: { slug } })
  if (kind === 'contact' && id)
    return linkOptions({ to: '/o/$slug/contacts/$contactId', params: { slug, contactId: id } })
  if (kind === 'issue' && id)
    return linkOptions({ to: '/o/$slug/listen/issues/$issueId', params: { slug, issueId: id } })
  if (kind === 'listening-brief' && id)
    return linkOptions({ to: '/o/$slug/listen/briefs/$briefId', params: { slug, briefId: id } })
  if (kind === 'hand-on' || kind === 'mention') return linkOptions({ to: '/o/$slug/listen/kept', params: { slug } })
  if (kind === 'capture-import') return linkOptions({ to: '/o/$slug/listen/capture/files', params: { slug } })
  if (kind === 'coding-set' && id)
    return linkOptions({ to: '/o/$slug/listen/coding/$setId', params: { slug, setId: id } })
  if (kind === 'author' && id)
    return linkOptions({ to: '/o/$slug/listen/people/$authorId', params: { slug, authorId: id } })
  if (kind === 'campaign' && id)
    return linkOptions({ to: '/o/$slug/campaigns/$campaignId', params: { slug, campaignId: id } })
  if (kind === 'crossing' && id)
    return linkOptions({ to: '/o/$slug/campaigns/crossings/$pointId', params: { slug, pointId: id } })
  if (kind === 'placement' && id)
    return linkOptions({ to: '/o/$slug/placements/$placementId', params: { slug, placementId: id } })
  if (kind === 'lane' || kind === 'guardrail' || kind === 'outsider')
    return linkOptions({ to: '/o/$slug/settings/approval', params: { slug } })
  if (kind === 'webhook' && id)
    return linkOptions({ to: '/o/$slug/settings/webhooks/$webhookId', params: { slug, webhookId: id } })
  if (kind === 'member' || kind === 'invitation')
    return linkOptions({ to: '/o/$slug/settings/members', params: { slug } })
  if (kind === 'department') return linkOptions({ to: '/o/$slug/settings/departments', params: { slug } })
  if (kind === 'organisation') return linkOptions({ to: '/o/$slug/settings/organisation', params: { slug } })
  return null
}

/** What belongs to the programme is on one of its pages. */
function programmeLink(slug: string, kind: string): RowLink | null {
  if (ofLearning.has(kind)) return linkOptions({ to: '/o/$slug/programme/people', params: { slug } })
  if (kind === 'process') return linkOptions({ to: '/o/$slug/programme/processes', params: { slug } })
  if (ofLadder.has(kind)) return linkOptions({ to: '/o/$slug/programme/ladder', params: { slug } })
  if (ofChoosing.has(kind)) return linkOptions({ to: '/o/$slug/programme/choosing', params: { slug } })
  if (ofReviews.has(kind)) return linkOptions({ to: '/o/$slug/programme/reviews', params: { slug } })
  if (kind === 'session' || kind === 'session-plan' || kind === 'duty')
    return linkOptions({ to: '/o/$slug/programme/week', params: { slug } })
  if (kind === 'budget' || kind === 'spend' || kind === 'spend-import')
    return linkOptions({ to: '/o/$slug/programme/budget', params: { slug } })
  if (kind === 'figures') return linkOptions({ to: '/o/$slug/programme/figures', params: { slug } })
  if (kind === 'guard-alarm') return linkOptions({ to: '/o/$slug/programme/guards', params: { slug } })
  if (ofProgramme.has(kind)) return linkOptions({ to: '/o/$slug/programme', params: { slug } })
  return null
}
