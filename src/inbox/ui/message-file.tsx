// A file that came with a message: a link to where it lies, or fetched from its network by Longrun when somebody asks for it.

import { Anchor, Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type client, type Output, Refused } from '../../kit/api.ts'
import { saveBlob } from '../../kit/csv.ts'
import { showProblem } from '../../kit/toast.tsx'

type File = Output<typeof client.conversations.messages>['items'][number]['media'][number]

export function MessageFile({ file: { kind, url, name } }: { file: File }) {
  const words = name ?? kind
  if (url === null) return words
  if (url.startsWith('/files/')) return <Fetched url={url} name={words} />
  return (
    <Anchor href={url} target="_blank" rel="noopener noreferrer nofollow" inherit>
      {words}
    </Anchor>
  )
}

/** A stranger sent it: it is saved, and not opened here. */
function Fetched({ url, name }: { url: string; name: string }) {
  const save = useMutation({ mutationFn: () => fetchFile(url, name), onError: showProblem })
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconDownload size={16} />}
      loading={save.isPending}
      onClick={() => save.mutate()}
      aria-label={`Save ${name}`}
    >
      {name}
    </Button>
  )
}

async function fetchFile(url: string, name: string): Promise<void> {
  const answer = await fetch(url).catch(() => {
    throw new Refused({ code: 'offline' })
  })
  if (!answer.ok) {
    const { data } = (await answer.json().catch(() => ({}))) as { data?: { code?: string; params?: object } }
    throw new Refused({
      code: data?.code ?? 'internal-server-error',
      params: { ...data?.params },
      status: answer.status,
    })
  }
  saveBlob(name, await answer.blob())
}
