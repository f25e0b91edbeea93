// What can be done with a post as a whole, by its state and the role of who looks.

import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconHandStop, IconPencil, IconPlayerPlay, IconSend } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { client } from '../../kit/api.ts'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { allows, type Change, isDeletable } from '../rules.ts'
import { MovePostDialog } from './move-post-dialog.tsx'
import { useRemovePost } from './post-row-actions.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { useSchedule } from './similar/use-schedule.tsx'
import { usePostAction } from './use-post-action.ts'
import type { Post } from './use-saver.ts'

/** `children`: further buttons, before the menu of everything else. */
export function PostActions({ post, children }: { post: Post; children?: ReactNode }) {
  const { id } = post
  const { slug } = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const { org, running, change, run } = usePostAction()
  const removePost = useRemovePost()
  const [asking, setAsking] = useState<'hold' | 'cancel' | 'move' | null>(null)
  const sendAt = useSchedule()
  const can = (what: Change) => post.variants.some((variant) => allows(variant, what))
  const states = post.variants.map(({ state }) => state)
  const schedule = may('posts.schedule') && can('schedule')
  const sendNow = async () => {
    const sure = await confirm({
      title: 'Send it now?',
      body: 'It goes out within seconds and cannot be called back from here.',
      action: 'Send now',
    })
    if (sure) await run('send', () => sendAt(id, { kind: 'now' }), 'It is on its way')
  }
  const remove = async () => {
    if (await removePost(id)) await navigate({ to: '/o/$slug/posts', params: { slug } })
  }
  const more = [
    schedule && {
      label: states.includes('scheduled') ? 'Move to another time…' : 'Schedule…',
      run: () => setAsking('move'),
    },
    may('posts.schedule') &&
      can('unschedule') && {
        label: 'Back to draft',
        run: () => run('draft', () => client.posts.unschedule({ org, id }), 'It is a draft again'),
      },
    may('posts.schedule') && can('cancel') && { label: 'Cancel…', run: () => setAsking('cancel') },
    may('posts.write') && post.variants.every(isDeletable) && { label: 'Delete', run: remove },
  ].filter((item) => item !== false)
  return (
    <>
      {may('posts.write') && (can('edit') || post.variants.length === 0) && (
        <ButtonLink
          to="/o/$slug/compose"
          params={{ slug }}
          search={{ post: id }}
          variant="default"
          leftSection={<IconPencil size={16} />}
        >
          Edit
        </ButtonLink>
      )}
      {may('posts.hold') && can('hold') && (
        <Button variant="default" leftSection={<IconHandStop size={16} />} onClick={() => setAsking('hold')}>
          Hold
        </Button>
      )}
      {may('posts.schedule') && can('release') && (
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          loading={running === 'release'}
          onClick={() => void run('release', () => client.posts.release({ org, id }), 'Released')}
        >
          Release
        </Button>
      )}
      {schedule && (
        <Button
          variant={states.includes('rejected') ? 'filled' : 'default'}
          loading={running === 'send'}
          leftSection={<IconSend size={16} />}
          onClick={() => void sendNow()}
        >
          {states.includes('rejected') ? 'Try again' : 'Send now'}
        </Button>
      )}
      {children}
      {more.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} />}>
              More
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((item) => (
              <Menu.Item
                key={item.label}
                color={item.label === 'Delete' ? 'crimson' : undefined}
                onClick={() => void item.run()}
              >
                {item.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <ReasonDialog
        opened={asking === 'hold'}
        close={() => setAsking(null)}
        title="Hold this post?"
        text="Nothing of it goes out until somebody releases it."
        action="Hold"
        needed
        run={(reason) => change(() => client.posts.hold({ org, id, reason }), 'Held')}
      />
      <ReasonDialog
        opened={asking === 'cancel'}
        close={() => setAsking(null)}
        title="Cancel this post?"
        text="It is never sent, unless somebody schedules it again."
        action="Cancel the post"
        run={(reason) => change(() => client.posts.cancel({ org, id, reason }), 'Cancelled')}
      />
      <MovePostDialog opened={asking === 'move'} close={() => setAsking(null)} post={post} change={change} />
    </>
  )
}
