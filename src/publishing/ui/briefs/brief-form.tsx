// Writing a brief: what is wanted, what it shall be made from, who asked, and by when.

import { Group, Select, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { DepartmentSelect } from '../../../people/ui/department-select.tsx'
import type { BriefKind, BriefUse } from '../../briefs/types.ts'
import { MediaLibrary } from '../media-library.tsx'
import { alwaysOn, useCampaignOptions } from '../use-campaign-options.ts'
import { BriefPictures } from './brief-pictures.tsx'
import { choices, kindWords, useWords } from './brief-words.ts'

export type Brief = Output<typeof client.briefs.read>

interface BriefFormProps {
  brief: Brief | null
  done: (brief: Brief) => void | Promise<void>
  close: () => void
}

export function BriefForm({ brief, done, close }: BriefFormProps) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [library, setLibrary] = useState(false)
  const form = useServerForm({
    initialValues: valuesOf(brief),
    validate: ({ title }) => ({ title: wants.text(title, 'A title') }),
    fieldNames: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`links.${index}`, 'links'])),
    send: (values) =>
      brief
        ? client.briefs.change({ org: org.id, id: brief.id, revision: brief.revision, ...sent(values) })
        : client.briefs.create({ org: org.id, ...sent(values) }),
    done: async (saved) => {
      queryClient.setQueryData(api.briefs.read.queryKey({ input: { org: org.id, id: saved.id } }), saved)
      await refresh(queryClient, api.briefs)
      await done(saved)
    },
  })
  const { mediaIds: ids, campaignId } = form.values.values
  // A campaign that was closed since stays to be seen.
  const campaigns = useCampaignOptions(campaignId)
  const setIds = (next: string[]) => form.values.setFieldValue('mediaIds', next)
  return (
    <ServerForm form={form} submit={brief ? 'Save' : 'Write the brief'} label="Brief" close={close}>
      <TextInput label="Title" maxLength={200} data-autofocus {...form.field('title')} />
      <Group grow align="flex-start">
        <Select label="Kind" data={choices(kindWords)} allowDeselect={false} {...form.field('kind')} />
        <Select label="Use" data={choices(useWords)} allowDeselect={false} {...form.field('use')} />
      </Group>
      <Textarea
        label="Source material"
        description="What the words are made from: notes, facts, quotes."
        autosize
        minRows={3}
        maxRows={12}
        {...form.field('material')}
      />
      <Textarea label="Links" description="One a line." autosize minRows={1} maxRows={6} {...form.field('links')} />
      <BriefPictures ids={ids} change={setIds} add={() => setLibrary(true)} />
      <Group grow align="flex-start">
        <TextInput type="date" label="Due" {...form.field('dueOn')} />
        <PersonSelect
          label="Owner"
          placeholder="Nobody yet"
          value={form.values.values.ownerId}
          onChange={(id) => form.values.setFieldValue('ownerId', id)}
        />
      </Group>
      <Group grow align="flex-start">
        <DepartmentSelect {...form.field('departmentId')} />
        <Select
          label="Campaign or always-on"
          allowDeselect={false}
          searchable
          data={campaigns.options}
          {...form.field('campaignId')}
          value={campaignId ?? alwaysOn}
          onChange={(next) => form.values.setFieldValue('campaignId', next === alwaysOn ? null : next)}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput label="Asked by" maxLength={200} {...form.field('askedBy')} />
        <TextInput label="Contact" maxLength={200} {...form.field('contact')} />
      </Group>
      {may('media.read') && (
        <MediaLibrary
          opened={library}
          close={() => setLibrary(false)}
          take={({ id }) => setIds([...new Set([...ids, id])])}
        />
      )}
    </ServerForm>
  )
}

const valuesOf = (brief: Brief | null) => ({
  title: brief?.title ?? '',
  kind: (brief?.kind ?? 'idea') as string,
  use: (brief?.use ?? 'how-to') as string,
  material: brief?.material ?? '',
  links: brief?.links.join('\n') ?? '',
  mediaIds: brief?.mediaIds ?? [],
  dueOn: brief?.dueOn ?? '',
  ownerId: brief?.ownerId ?? null,
  departmentId: brief?.departmentId ?? null,
  campaignId: brief?.campaignId ?? null,
  askedBy: brief?.askedBy ?? '',
  contact: brief?.contact ?? '',
})

const sent = ({ kind, use, links, dueOn, askedBy, contact, ...values }: ReturnType<typeof valuesOf>) => ({
  ...values,
  kind: kind as BriefKind,
  use: use as BriefUse,
  links: links.split(/\s+/).filter(Boolean),
  dueOn: dueOn || null,
  askedBy: askedBy.trim() || null,
  contact: contact.trim() || null,
})
