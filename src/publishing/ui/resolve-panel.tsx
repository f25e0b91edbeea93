// A person decides about a post in doubt: it is there, it is not, or it no longer matters.

import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { client, refusalOf } from '../../kit/api.ts'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { fieldWords } from '../../kit/words.ts'
import { usePostAction } from './use-post-action.ts'

interface ResolvePanelProps {
  postId: string
  variantId: string
  /** Where to look. */
  accountUrl: string | null
}

export function ResolvePanel({ postId, variantId, accountUrl }: ResolvePanelProps) {
  const confirm = useConfirm()
  const { org, change } = usePostAction()
  const [linking, setLinking] = useState(false)
  const [url, setUrl] = useState('')
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const decide = (decision: 'published' | 'send' | 'forget', said: string) =>
    change(
      () =>
        client.posts.resolve({
          org,
          id: postId,
          variant: variantId,
          decision,
          ...(decision === 'published' ? { url: url.trim() } : {}),
        }),
      said,
    )
  const link = async () => {
    setWorking(true)
    setError(null)
    await decide('published', 'Linked').catch(setError)
    setWorking(false)
  }
  const refused = error ? refusalOf(error) : null
  return (
    <Stack gap="sm">
      {accountUrl && (
        <p className="po-note">
          <a href={accountUrl} target="_blank" rel="noopener noreferrer">
            Open the account
          </a>{' '}
          and look whether the post is there.
        </p>
      )}
      <Group gap="xs">
        <Button size="xs" onClick={() => setLinking(true)} aria-expanded={linking}>
          It is there: link it
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            void confirm({
              title: 'Send it again?',
              body: 'Only when you have looked and it is not there: otherwise it would stand there twice.',
              action: 'It is not there, send it',
              run: () => decide('send', 'It is sent again'),
            })
          }
        >
          It is not: send it
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            void confirm({
              title: 'Forget it?',
              body: 'Longrun stops asking and does not send it.',
              action: 'Forget it',
              run: () => decide('forget', 'Forgotten'),
            })
          }
        >
          Forget it
        </Button>
      </Group>
      {linking && (
        <form
          className="po-link"
          onSubmit={(event) => {
            event.preventDefault()
            void link()
          }}
        >
          <TextInput
            type="url"
            label="Address of the post"
            placeholder="https://"
            required
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={refused?.field === 'url' && fieldWords(refused)}
            data-autofocus
          />
          <Button type="submit" size="sm" loading={working}>
            Link it
          </Button>
        </form>
      )}
      {refused && refused.field !== 'url' && <ErrorPanel error={error} />}
    </Stack>
  )
}
