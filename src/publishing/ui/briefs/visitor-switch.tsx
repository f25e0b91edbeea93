// The switch of the page on which visitors ask, with its address and what stands on it.

import { Button, Group, Stack, Switch, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { CopyField } from '../../../kit/copy-field.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'

export function VisitorSwitch() {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const page = useQuery(api.briefs.visitors.queryOptions({ input: { org: org.id } }))
  const [words, setWords] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const change = async (open: boolean) => {
    setError(null)
    try {
      const set = await client.briefs.openToVisitors({ org: org.id, open, words: words ?? undefined })
      queryClient.setQueryData(api.briefs.visitors.queryKey({ input: { org: org.id } }), set)
      showDone(open ? 'Visitors may ask' : 'The page is closed')
    } catch (caught) {
      setError(caught)
    }
  }
  if (page.isPending) return <LoadingRows rows={3} />
  if (!page.data) return <ErrorPanel error={page.error} retry={() => void page.refetch()} />
  const { openSince, url } = page.data
  const mayChange = may('organisation.change')
  return (
    <Stack gap="md">
      <p className="br-note">
        A public page on which anybody may say what they want to know about your products. Each question becomes a brief
        of the kind “visitor request”.
      </p>
      <Switch
        label="The page is open"
        checked={openSince !== null}
        disabled={!mayChange}
        onChange={(event) => void change(event.currentTarget.checked)}
      />
      {openSince && <CopyField label="Its address" value={url} />}
      <Textarea
        label="Words above the form"
        placeholder="What would you like to know about our products?"
        autosize
        minRows={2}
        maxLength={1000}
        disabled={!mayChange}
        value={words ?? page.data.words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <ErrorPanel error={error} kept="Nothing was changed." />
      {mayChange ? (
        <Group>
          <Button
            disabled={words === null || words === page.data.words}
            onClick={() => void change(openSince !== null)}
          >
            Save the words
          </Button>
        </Group>
      ) : (
        <p className="br-note">An owner or admin opens and closes it.</p>
      )}
    </Stack>
  )
}
