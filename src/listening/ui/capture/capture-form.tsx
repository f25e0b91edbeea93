// Writes down what somebody said where no machine listens. Made for a thumb: one column, the words first, everything else may wait.

import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { instantOf, wallTimeIn } from '../../../kit/time.ts'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg, useZone } from '../../../kit/viewer.tsx'
import type { Channel } from '../../capture/types.ts'
import { channelChoices } from './capture-words.ts'

export interface Prefilled {
  text: string
  title: string
  url: string
}

/** Where it was the last time: whoever stands in a shop captures there again. */
const lastChannel = 'longrun.capture.channel'

export function CaptureForm({ prefilled, done }: { prefilled: Prefilled; done: () => void }) {
  const org = useOrg()
  const zone = useZone()
  const queryClient = useQueryClient()
  // Sent twice, it is stored once.
  const [id] = useState(newUuid)
  const fromPage = prefilled.url !== ''
  const channel = fromPage ? 'web-page' : (localStorage.getItem(lastChannel) ?? 'meetup')
  const form = useServerForm({
    initialValues: {
      ...prefilled,
      channel: channelChoices.some(({ value }) => value === channel) ? channel : 'meetup',
      at: wallTimeIn(new Date(), zone),
      ...{ place: '', author: '', note: '', topicIds: null as string[] | null },
    },
    validate: ({ text }) => ({ text: text.trim() ? null : 'What was said?' }),
    send: ({ at, channel: where, ...said }) =>
      client.captures.add({
        ...said,
        ...{ org: org.id, id, channel: where as Channel },
        at: at ? instantOf(at.slice(0, 16), zone).toISOString() : null,
      }),
    done: async (made) => {
      if (!fromPage) localStorage.setItem(lastChannel, made.channel)
      showUndo('Captured', async () => {
        await client.captures.remove({ org: org.id, id: made.id })
        await refresh(queryClient, api.captures, api.mentions)
      })
      done()
      await refresh(queryClient, api.captures, api.mentions)
    },
  })
  return (
    <ServerForm form={form} submit="Capture">
      <Textarea
        label="What was said"
        description="In their words, as far as you remember them"
        autosize
        minRows={4}
        maxRows={14}
        maxLength={20_000}
        data-autofocus
        {...form.field('text')}
      />
      <div className="ca-pair">
        <Select label="Where" allowDeselect={false} data={channelChoices} {...form.field('channel')} />
        <TextInput type="datetime-local" label="When" max={wallTimeIn(new Date(), zone)} {...form.field('at')} />
      </div>
      <div className="ca-pair">
        <TextInput label="Who said it" placeholder="May be left out" maxLength={200} {...form.field('author')} />
        <TextInput label="Place" placeholder="Town, shop, event" maxLength={200} {...form.field('place')} />
      </div>
      {fromPage && (
        <>
          <TextInput label="Title of the page" maxLength={500} {...form.field('title')} />
          <TextInput type="url" label="Address" maxLength={4000} {...form.field('url')} />
        </>
      )}
      <Topics
        said={form.values.getValues()}
        chosen={form.values.getValues().topicIds}
        choose={(ids) => form.values.setFieldValue('topicIds', ids)}
      />
      <Textarea
        label="Note"
        description="What we should know about it; nobody said this"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        {...form.field('note')}
      />
    </ServerForm>
  )
}

interface TopicsProps {
  said: Prefilled
  chosen: string[] | null
  choose(ids: string[]): void
}

/** Those that match are chosen until somebody chooses otherwise. */
function Topics({ said: { text, title, url }, chosen, choose }: TopicsProps) {
  const org = useOrg()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const [words] = useDebouncedValue(text.trim(), 400)
  const matched = useQuery(
    api.captures.match.queryOptions({
      input: { org: org.id, text: words, title, url: isAddress(url) ? url : '' },
      enabled: words !== '' && chosen === null,
      placeholderData: (before) => before,
    }),
  )
  const shown = chosen ?? (words === '' ? [] : (matched.data?.topicIds ?? []))
  return (
    <MultiSelect
      label="Topics"
      description={chosen === null ? 'Those that match; change them if they are not meant' : 'As you chose'}
      placeholder={shown.length === 0 ? 'None matches' : undefined}
      searchable
      clearable
      data={(topics.data ?? []).map((topic) => ({ value: topic.id, label: topic.name }))}
      value={shown}
      onChange={choose}
    />
  )
}

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:/.test(text)

/** Also without https, where a browser makes none by itself. */
function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
