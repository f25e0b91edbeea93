// Settings: what becomes of links in posts: UTM parameters by template, which links, and whether they become short.

import { Select, SimpleGrid, Switch, TagsInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { ButtonLink } from '../../../kit/links.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { utmNames } from '../../links/types.ts'
import '../posts.css'

type Shown = Output<typeof client.links.rules>

export function LinkRulesPage() {
  const org = useOrg()
  const [undone, setUndone] = useState(0)
  const shown = useQuery(api.links.rules.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Links"
      width="narrow"
      description="What becomes of links in posts when they are scheduled. Posts that are scheduled already keep theirs."
      actions={
        <ButtonLink to="/o/$slug/links" params={{ slug: org.slug }} variant="default">
          Short links and clicks
        </ButtonLink>
      }
    >
      {shown.isPending && <LoadingRows />}
      <ErrorPanel error={shown.error} retry={() => void shown.refetch()} />
      {shown.data && <RulesForm key={undone} shown={shown.data} undone={() => setUndone(undone + 1)} />}
    </AppPage>
  )
}

const wordsOf = {
  source: { label: 'utm_source', help: 'Where people come from. {network} is the network of the account.' },
  medium: { label: 'utm_medium', help: 'The kind of channel.' },
  campaign: { label: 'utm_campaign', help: '{campaign} is the name of the campaign, or always-on.' },
  content: {
    label: 'utm_content',
    help: '{variant} is a short sign of the post on one account; {post} of the whole post.',
  },
  term: { label: 'utm_term', help: 'Empty: this parameter is left out. {account} is the name of the account.' },
} as const

/** `undone`: the rules are what they were before; a form that is made anew shows them. */
function RulesForm({ shown: { rules, base }, undone }: { shown: Shown; undone: () => void }) {
  const org = useOrg()
  const readOnly = !useMay()('links.change')
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: rules,
    send: (values) => client.links.changeRules({ org: org.id, ...values }),
    done: async () => {
      await refresh(queryClient, api.links)
      showUndo('Links of posts scheduled from now on follow these rules', async () => {
        await client.links.changeRules({ org: org.id, ...rules })
        await refresh(queryClient, api.links)
        undone()
      })
    },
  })
  const { utm, reach } = form.values.values
  const fields = (
    <>
      <Section
        title="UTM parameters"
        description="By them the statistics of a website say which post brought somebody."
      >
        <Switch label="Add UTM parameters to links" {...form.field('utm', { type: 'checkbox' })} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {utmNames.map((name) => (
            <TextInput
              key={name}
              label={wordsOf[name].label}
              description={wordsOf[name].help}
              disabled={!utm}
              {...form.field(name)}
            />
          ))}
        </SimpleGrid>
        <p className="po-note">Parameters that a link has already are kept as they are.</p>
      </Section>
      <Section title="Which links">
        <Select
          label="Links that are changed"
          allowDeselect={false}
          data={[
            { value: 'except', label: 'All, except those to these domains' },
            { value: 'only', label: 'Only those to these domains' },
          ]}
          {...form.field('reach')}
        />
        <TagsInput
          label="Domains"
          description="Each with everything below it: example.org also means www.example.org."
          placeholder={reach === 'only' ? 'example.org' : undefined}
          {...form.field('domains')}
        />
      </Section>
      <Section title="Short links" description={`Each leads from ${base}… to its target, and counts who follows it.`}>
        <Switch label="Make these links short" {...form.field('short', { type: 'checkbox' })} />
        <p className="po-note">
          Clicks are counted without cookies, and no address of a visitor is kept. Machines that look at links are
          counted apart.
        </p>
      </Section>
    </>
  )
  if (readOnly)
    return (
      <fieldset disabled style={{ border: 0, padding: 0, margin: 0 }}>
        {fields}
        <p className="po-note">Owners, admins and managers change these rules.</p>
      </fieldset>
    )
  return (
    <ServerForm form={form} submit="Save the rules">
      {fields}
    </ServerForm>
  )
}
