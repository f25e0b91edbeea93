// On the page of a post that recurs: which series it belongs to, and how far a change of it reaches.

import { Button, Group, Modal, Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { zoneCity } from '../../../kit/time.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { ruleWords } from '../../series/rules.ts'
import type { Post } from '../use-saver.ts'
import { troubleWords } from './trouble-words.ts'
import { useSeriesChange } from './use-series-change.ts'
import './series.css'

export function SeriesNote({ post }: { post: Post }) {
  const org = useOrg()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const { data } = useQuery(api.series.ofPost.queryOptions({ input: { org: org.id, id: post.id } }))
  if (!data) return null
  const { series, occurrence } = data
  const mayChange = may(series.scheduled ? 'posts.schedule' : 'posts.write') && series.state !== 'ended'
  return (
    <Section title="Part of a series">
      <p className="po-note">
        <TextLink to="/o/$slug/series/$seriesId" params={{ slug: org.slug, seriesId: series.id }}>
          {ruleWords(series.rule)}
        </TextLink>
        , {occurrence.wall.slice(11)} {zoneCity(series.zone)} time.{' '}
        {occurrence.detached
          ? 'This one was changed alone: changes of the series leave it as it is.'
          : 'A change of this post alone takes it out of the series.'}
      </p>
      {occurrence.movedTo && (
        <p className="se-note">
          The clocks skip {occurrence.wall.slice(11)} that day, so it goes out at {occurrence.movedTo.slice(11)}.
        </p>
      )}
      {occurrence.twice && <p className="se-note">The clocks show this time twice that day. The first one is meant.</p>}
      {occurrence.trouble && <p className="se-note">{troubleWords(occurrence.trouble)}</p>}
      {mayChange && (
        <Group mt="xs">
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            Use these words for others of the series
          </Button>
        </Group>
      )}
      <ScopeDialog
        opened={asking}
        close={() => setAsking(false)}
        seriesId={series.id}
        wall={occurrence.wall}
        post={post}
      />
    </Section>
  )
}

interface ScopeDialogProps {
  opened: boolean
  close: () => void
  seriesId: string
  wall: string
  post: Post
}

type Scope = 'following' | 'all'

function ScopeDialog({ opened, close, seriesId, wall, post }: ScopeDialogProps) {
  const org = useOrg()
  const change = useSeriesChange()
  const [scope, setScope] = useState<Scope>('following')
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const send = async () => {
    setSending(true)
    setError(null)
    const from = scope === 'following' ? { from: wall } : {}
    try {
      await change(
        () => client.series.change({ org: org.id, id: seriesId, likePostId: post.id, ...from }),
        'The series says this from now on',
      )
      close()
    } catch (caught) {
      setError(caught)
    } finally {
      setSending(false)
    }
  }
  return (
    <Modal opened={opened} onClose={close} title="Which posts say this?">
      <Stack gap="md">
        <Radio.Group
          label="Words, accounts, campaign and department of this post go to"
          value={scope}
          onChange={(value) => setScope(value as Scope)}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value="following"
              label="This one and those that follow it"
              description="They become a series of their own."
            />
            <Radio value="all" label="All that lie ahead" />
          </Stack>
        </Radio.Group>
        <p className="po-note">
          Posts that are out, and those that somebody changed, held or cancelled alone, stay as they are. To change only
          this post, edit it.
        </p>
        <ErrorPanel error={error} kept="Nothing was changed." />
        <DialogActions close={close} action="Change them" run={send} working={sending} />
      </Stack>
    </Modal>
  )
}
