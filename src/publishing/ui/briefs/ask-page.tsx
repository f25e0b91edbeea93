// The public page on which visitors say what they want to know. No sign-in, no cookies, nothing kept but what they type.

import { Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refusalOf } from '../../../kit/api.ts'
import { AppPage, useDocumentTitle } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import './briefs.css'

const route = getRouteApi('/outside/ask/$slug')

export function AskPage() {
  const { slug } = route.useParams()
  const page = useQuery(api.ask.page.queryOptions({ input: { organisation: slug }, retry: false }))
  useDocumentTitle('Ask us')
  const [sent, setSent] = useState(false)
  if (page.isPending) return <LoadingRows rows={3} />
  if (page.error && refusalOf(page.error).status !== 404)
    return (
      <AppPage title="Ask us" width="narrow">
        <ErrorPanel error={page.error} retry={() => void page.refetch()} />
      </AppPage>
    )
  if (!page.data) {
    return (
      <>
        <Title order={1}>Nobody asks here</Title>
        <Text>
          This page is closed, or the address is not complete. If you were given it, ask whoever gave it to you.
        </Text>
      </>
    )
  }
  if (sent) {
    return (
      <>
        <Title order={1}>Thank you</Title>
        <Text>Your question has arrived at {page.data.name}. You may close this page.</Text>
      </>
    )
  }
  return (
    <Stack gap="md">
      <Title order={1}>What would you like to know?</Title>
      <Text className="br-text">
        {page.data.words || `${page.data.name} reads every question, and answers what helps most people in public.`}
      </Text>
      <Question slug={slug} name={page.data.name} done={() => setSent(true)} />
    </Stack>
  )
}

function Question({ slug, name, done }: { slug: string; name: string; done: () => void }) {
  const form = useServerForm({
    initialValues: { question: '', name: '', contact: '', website: '' },
    validate: ({ question }) => ({ question: question.trim().length >= 3 ? null : 'A question is needed.' }),
    send: (values) => client.ask.send({ organisation: slug, ...values }),
    done,
  })
  return (
    <ServerForm
      form={form}
      submit="Send the question"
      fullWidth
      label="Your question"
      kept="What you typed is still here."
    >
      <Textarea label="Your question" autosize minRows={4} maxLength={2000} {...form.field('question')} />
      <TextInput label="Your name (if you like)" maxLength={100} autoComplete="name" {...form.field('name')} />
      <TextInput
        label="How to reach you (if you like)"
        description={`Only ${name} sees it.`}
        maxLength={200}
        autoComplete="email"
        {...form.field('contact')}
      />
      <div className="br-trap" aria-hidden>
        <label htmlFor="website">Leave this empty</label>
        <input id="website" tabIndex={-1} autoComplete="off" {...form.field('website')} />
      </div>
    </ServerForm>
  )
}
