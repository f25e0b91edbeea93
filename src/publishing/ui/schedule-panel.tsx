// When the post goes out: at a time, in the next free slot, or now; and everything that still stands against it.

import { Button, SegmentedControl, Stack } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh, refusalOf } from '../../kit/api.ts'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { timeIn } from '../../kit/time.ts'
import { showDone } from '../../kit/toast.tsx'
import { useOrg, useZone } from '../../kit/viewer.tsx'
import type { Belonging } from '../types.ts'
import { AdviceNote } from './advice/advice-note.tsx'
import { ForeseenNote, useForeseen } from './approvals/foreseen-note.tsx'
import { useComposer } from './composer-context.ts'
import { hasContent, type SavedForm } from './composition.ts'
import { HoldNote } from './holds/hold-note.tsx'
import { IssueOverview } from './issue-overview.tsx'
import { meaningOf, nextHour } from './planned-time.ts'
import { AboutTime } from './planning/about-time.tsx'
import type { Saver, SaverState } from './saver.ts'
import { noRepeat, ruleOf } from './series/repeat-choice.ts'
import { RepeatFields } from './series/repeat-fields.tsx'
import { SaidBefore } from './similar/said-before.tsx'
import { type Asking, useSchedule } from './similar/use-schedule.tsx'
import { SlotNote } from './slot-note.tsx'
import { rememberAccounts } from './use-beginning.ts'
import { usePlannedAt } from './use-planned-at.ts'
import type { Post } from './use-saver.ts'
import { WallTimeFields } from './wall-time-fields.tsx'

const route = getRouteApi('/o/$slug/compose')

type Kind = 'at' | 'slot' | 'now'

interface SchedulePanelProps {
  post: Post | null
  saver: Saver<Post>
  state: SaverState
  form: SavedForm
  /** As it is chosen now, saved or not. */
  belonging: Belonging
  allowed: boolean
}

export function SchedulePanel({ post, saver, state, form, belonging, allowed }: SchedulePanelProps) {
  const org = useOrg()
  const { chosen } = useComposer()
  const { date } = route.useSearch()
  const [kind, setKind] = useState<Kind>('at')
  const [ownZone, setZone] = useState<string | null>(post?.dueZone ?? null)
  const zone = ownZone ?? chosen[0]?.timeZone ?? org.timeZone
  const [wall, setWall] = useState(
    () =>
      post?.dueWall ?? (date ? (date.length > 10 ? date.slice(0, 16) : `${date}T09:00`) : nextHour(new Date(), zone)),
  )
  const [note, setNote] = useState('')
  const [fastLaneId, setFastLaneId] = useState<string | null>(null)
  const [settled] = useDebouncedValue(form, 800)
  const meaning = kind === 'at' && wall !== '' ? meaningOf(wall, zone) : null
  const foreseen = useForeseen(
    settled,
    belonging,
    meaning && meaning.kind !== 'never' ? meaning.at.toISOString() : undefined,
  )
  const stays = post?.variants.find(({ accountId }) => form.variants.some((each) => each.accountId === accountId))
  const first = stays?.accountId ?? form.variants[0]?.accountId
  const slots = belonging.campaignId ? 'campaign' : 'always-on'
  usePlannedAt(kind, { wall, zone, accountId: first, slots })
  const asks = !allowed || (foreseen?.lanes.length ?? 0) > 0 || fastLaneId !== null
  const [choice, setChoice] = useState(noRepeat)
  const rule = kind === 'at' && wall !== '' ? ruleOf(choice, wall) : null
  const { send, repeat, sending, error } = useScheduling(
    saver,
    asks ? { note, fastLaneId: fastLaneId ?? undefined } : null,
  )
  const reason = useReason({ state })
  const when = kind === 'at' ? ({ kind, wall, zone } as const) : ({ kind } as const)
  const timeWrong = kind === 'at' && (wall === '' || meaningOf(wall, zone).kind === 'never')
  return (
    <section className="lr-panel cp-schedule" aria-labelledby="schedule">
      <h2 id="schedule">When</h2>
      <Stack gap="sm">
        <SegmentedControl
          fullWidth
          size="xs"
          value={kind}
          onChange={(next) => setKind(next as Kind)}
          data={[
            { value: 'at', label: 'At a time' },
            { value: 'slot', label: 'Next slot' },
            { value: 'now', label: 'Now' },
          ]}
        />
        {kind === 'at' && (
          <>
            <WallTimeFields wall={wall} zone={zone} setWall={setWall} setZone={setZone} error={error} />
            <AboutTime post={post} chosen={chosen} {...{ wall, zone, setWall, setZone }} />
            <RepeatFields choice={choice} change={setChoice} rule={rule} wall={wall} zone={zone} />
          </>
        )}
        {kind === 'slot' &&
          (first ? (
            <SlotNote accountId={first} kind={slots} />
          ) : (
            <p className="cp-note">Choose an account; its weekly slots decide.</p>
          ))}
        {kind === 'now' && (
          <p className="cp-note">
            {asks ? 'It goes out as soon as it is approved.' : 'It goes out within seconds of pressing the button.'}
          </p>
        )}
        {rule && !allowed && (
          <p className="cp-note">Its posts wait as drafts: your role writes, somebody else schedules.</p>
        )}
        {asks && !rule && (
          <ForeseenNote
            foreseen={foreseen}
            note={note}
            setNote={setNote}
            fastLaneId={fastLaneId}
            setFastLaneId={setFastLaneId}
          />
        )}
        <AdviceNote />
        <HoldNote
          campaignId={belonging.campaignId}
          departmentId={belonging.departmentId}
          accountIds={form.variants.map(({ accountId }) => accountId)}
        />
        <Button
          fullWidth
          loading={sending}
          disabled={reason !== null || timeWrong}
          aria-describedby={reason ? 'schedule-reason' : undefined}
          onClick={() => void (rule ? repeat({ rule, wall, zone, scheduled: allowed }) : send(when))}
        >
          {buttonWords({ kind, repeats: rule !== null, allowed, asks })}
        </Button>
        {reason && (
          <p className="cp-note" id="schedule-reason">
            {reason}
          </p>
        )}
        <ErrorPanel error={error} kept="The draft is saved." />
        <SaidBefore post={state.post} />
        <IssueOverview />
      </Stack>
    </section>
  )
}

function buttonWords(given: { kind: Kind; repeats: boolean; allowed: boolean; asks: boolean }): string {
  const { kind, repeats, allowed, asks } = given
  if (repeats) return allowed ? 'Schedule and repeat' : 'Repeat as drafts'
  if (asks) return 'Ask for approval'
  return kind === 'now' ? 'Post now' : 'Schedule'
}

/** The first thing that keeps the post from being scheduled, in words. */
function useReason({ state }: { state: SaverState }): string | null {
  const { composition, issues } = useComposer()
  const errors = issues.filter(({ level }) => level === 'error').length
  if (composition.accountIds.length === 0) return 'Choose at least one account.'
  if (!hasContent(composition)) return 'Write something first.'
  if (state.conflict) return 'Decide first which version stays.'
  if (errors > 0) return `${errors === 1 ? 'One error stands' : `${errors} errors stand`} against it; see below.`
  return null
}

function useScheduling(saver: Saver<Post>, asking: Asking | null) {
  const org = useOrg()
  const zone = useZone()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { composition } = useComposer()
  const schedule = useSchedule()
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const send = async (when: Parameters<typeof client.posts.schedule>[0]['when']) => {
    setSending(true)
    setError(null)
    try {
      await saver.flush()
      const id = saver.state().post?.id
      if (!id) return
      const post = await schedule(id, when, asking)
      rememberAccounts(org.id, composition.accountIds)
      queryClient.setQueryData(api.posts.read.queryKey({ input: { org: org.id, id } }), post)
      void refresh(queryClient, api.posts, api.approvals)
      showDone(
        post.state === 'in-review'
          ? 'Asked for approval'
          : post.variants.some(({ reason }) => reason?.holdId)
            ? 'It is on hold and goes on when the hold ends'
            : when.kind === 'now'
              ? 'It is on its way'
              : `Scheduled for ${post.dueAt ? timeIn(new Date(post.dueAt), zone, 'moment', new Date()) : 'its time'}`,
      )
      await navigate({ to: '/o/$slug/posts/$postId', params: { slug: org.slug, postId: id } })
    } catch (caught) {
      // A newer version elsewhere has its own panel.
      if (refusalOf(caught).code !== 'edited-elsewhere') setError(caught)
    } finally {
      setSending(false)
    }
  }
  const repeat = async (given: { rule: string; wall: string; zone: string; scheduled: boolean }) => {
    setSending(true)
    setError(null)
    try {
      await saver.flush()
      const id = saver.state().post?.id
      if (!id) return
      const series = await client.series.begin({ org: org.id, postId: id, ...given })
      rememberAccounts(org.id, composition.accountIds)
      void refresh(queryClient, api.posts, api.series, api.approvals)
      showDone(given.scheduled ? 'It repeats from now on' : 'It repeats as drafts')
      await navigate({ to: '/o/$slug/series/$seriesId', params: { slug: org.slug, seriesId: series.id } })
    } catch (caught) {
      if (refusalOf(caught).code !== 'edited-elsewhere') setError(caught)
    } finally {
      setSending(false)
    }
  }
  return { send, repeat, sending, error }
}
