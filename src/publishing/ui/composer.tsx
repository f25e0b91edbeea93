// Writing a post: accounts, words, pictures and settings on the left; how it looks and when it goes on the right.

import { useMemo, useState } from 'react'
import type { Accounts } from '../../accounts/ui/use-accounts.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { TextLink } from '../../kit/links.tsx'
import { SaveState } from '../../kit/save-state.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { allows } from '../rules.ts'
import { AccountPicker } from './account-picker.tsx'
import { MoreFields, TitleField } from './article-fields.tsx'
import { BelongsPanel } from './belongs-panel.tsx'
import { BriefPanel } from './briefs/brief-panel.tsx'
import { ComposerContext, type Composer as ComposerValue } from './composer-context.ts'
import {
  type Composition,
  compositionOf,
  editWords,
  emptyDraft,
  hasContent,
  newComposition,
  type Place,
  savedFormOf,
  wordsAt,
} from './composition.ts'
import { ConflictPanel } from './conflict-panel.tsx'
import { OptionFields } from './option-fields.tsx'
import { OriginField } from './originality/origin-field.tsx'
import { PlaceNote, PlaceTabs } from './place-tabs.tsx'
import { Previews } from './previews.tsx'
import { RecoveredPanel } from './recovered-panel.tsx'
import { SchedulePanel } from './schedule-panel.tsx'
import { ScheduledNote } from './scheduled-note.tsx'
import { ThreadEditor } from './thread-editor.tsx'
import { unsavedCopy } from './unsaved-copy.ts'
import { useBelonging } from './use-belonging.ts'
import { useChecks } from './use-issues.ts'
import { type Post, useSaver } from './use-saver.ts'

interface ComposerProps {
  post: Post | null
  beginning: Composition | null
  /** The brief it is made from. */
  briefId: string | null
  accounts: Accounts
  created: (postId: string) => void
}

const emptySheet = savedFormOf(newComposition([], emptyDraft))

export function Composer({ post, beginning, briefId, accounts, created }: ComposerProps) {
  const org = useOrg()
  const may = useMay()
  const [composition, update] = useState<Composition>(() => (post ? compositionOf(post) : beginning!))
  const [recovered, setRecovered] = useState(() => unsavedCopy(org.id, post?.id ?? null))
  const form = useMemo(() => savedFormOf(composition), [composition])
  const [stored] = useState(() => (post ? form : emptySheet))
  const [postId, setPostId] = useState(post?.id ?? null)
  const belonging = useBelonging(post, postId)
  const begun = (id: string) => {
    setPostId(id)
    created(id)
  }
  const plan = {
    post,
    stored,
    created: begun,
    beginning: belonging.beginning,
  }
  const { saver, state } = useSaver(plan, form, hasContent(composition))
  const value = useComposerValue({ post, composition, update, accounts, form })
  return (
    <ComposerContext value={value}>
      <AppPage
        title={post ? 'Edit the post' : 'Write a post'}
        width="full"
        crumbs={[
          <TextLink key="posts" inherit to="/o/$slug/posts" params={{ slug: org.slug }}>
            Posts
          </TextLink>,
          ...(state.post
            ? [
                <TextLink
                  key="post"
                  inherit
                  to="/o/$slug/posts/$postId"
                  params={{ slug: org.slug, postId: state.post.id }}
                >
                  This post
                </TextLink>,
              ]
            : []),
        ]}
        aside={
          (state.post || state.progress !== 'saved') && (
            <SaveState state={state.progress} at={state.savedAt ?? post?.updatedAt} />
          )
        }
      >
        {state.conflict && state.post && (
          <ConflictPanel postId={state.post.id} form={form} saver={saver} take={update} />
        )}
        {state.progress === 'failed' && !state.conflict && (
          <ErrorPanel
            error={state.error}
            kept="What you typed is kept in this browser."
            retry={() => void saver.flush().catch(() => {})}
          />
        )}
        {recovered && (
          <RecoveredPanel
            copy={recovered}
            postId={post?.id ?? null}
            current={form}
            take={update}
            done={() => setRecovered(null)}
          />
        )}
        {post && <ScheduledNote post={post} />}
        <div className="cp-layout">
          <div className="cp-editor">
            <AccountPicker />
            <div className="lr-panel cp-paper">
              <PlaceTabs />
              <PlaceNote />
              <TitleField />
              <ThreadEditor />
              <MoreFields />
              <OptionFields />
            </div>
            <BelongsPanel belonging={belonging} />
          </div>
          <aside className="cp-side" aria-label="Time and preview">
            <SchedulePanel
              {...{ post, saver, state, form }}
              belonging={belonging.value}
              allowed={may('posts.schedule')}
            />
            {briefId && <BriefPanel briefId={briefId} />}
            <OriginField postId={state.post?.id ?? null} />
            <Previews />
          </aside>
        </div>
      </AppPage>
    </ComposerContext>
  )
}

interface ValueFacts {
  post: Post | null
  composition: Composition
  update: ComposerValue['update']
  accounts: Accounts
  form: ReturnType<typeof savedFormOf>
}

function useComposerValue({ post, composition, update, accounts, form }: ValueFacts): ComposerValue {
  const org = useOrg()
  const [wanted, setPlace] = useState<Place>('all')
  const chosen = useMemo(
    () => accounts.all.filter(({ id }) => composition.accountIds.includes(id)),
    [accounts, composition.accountIds],
  )
  const [at, planFor] = useState<string | null>(post?.dueAt ?? null)
  const { issues, outgoing } = useChecks(org.id, { postId: post?.id ?? null, at, form }, chosen)
  const locked = useMemo(
    () => new Set(post?.variants.filter((variant) => !allows(variant, 'edit')).map(({ accountId }) => accountId)),
    [post],
  )
  const place = wanted === 'all' || composition.accountIds.includes(wanted) ? wanted : 'all'
  const followers = chosen.filter(({ id }) => composition.own[id] === undefined)
  const concerned =
    place === 'all' ? (followers.length > 0 ? followers : chosen) : chosen.filter(({ id }) => id === place)
  const lockedHere = concerned.filter(({ id }) => locked.has(id))
  return {
    composition,
    update,
    place,
    setPlace,
    words: wordsAt(composition, place),
    edit: (change) => update((now) => editWords(now, place, change)),
    accounts,
    chosen,
    concerned,
    issues,
    planFor,
    outgoing,
    locked,
    closed:
      lockedHere.length > 0
        ? `${lockedHere.map(({ name }) => name).join(', ')} ${lockedHere.length === 1 ? 'has' : 'have'} these words already; what is out cannot change.`
        : null,
    orgId: org.id,
  }
}
