// What can be done with a post from a list: edit, stop, let go, cancel, delete; deleting can be undone.

import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh } from '../../kit/api.ts'
import { showDone, showProblem, showUndo } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { allows, isDeletable } from '../rules.ts'
import type { VariantState } from '../types.ts'
import { ReasonDialog } from './reason-dialog.tsx'

interface PostRowActionsProps {
  post: { id: string; state: VariantState; summary: string }
}

export function PostRowActions({ post: { id, state, summary } }: PostRowActionsProps) {
  const may = useMay()
  // A list does not know the parts; what it offers too much the server refuses with a reason.
  const standing = { state, out: 0, doubt: false }
  const { id: org, slug } = useOrg()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const run = async (work: () => Promise<unknown>, said: string) => {
    try {
      await work()
      showDone(said)
    } catch (error) {
      showProblem(error)
    }
    void refresh(queryClient, api.posts)
  }
  const remove = useRemovePost()
  const [holding, setHolding] = useState(false)
  const items = [
    may('posts.write') &&
      allows(standing, 'edit') && {
        label: 'Edit',
        run: () => navigate({ to: '/o/$slug/compose', params: { slug }, search: { post: id } }),
      },
    may('posts.hold') && allows(standing, 'hold') && { label: 'Hold…', run: () => setHolding(true) },
    may('posts.schedule') &&
      allows(standing, 'release') && {
        label: 'Release',
        run: () => run(() => client.posts.release({ org, id }), 'Released'),
      },
    may('posts.schedule') &&
      allows(standing, 'unschedule') && {
        label: 'Back to draft',
        run: () => run(() => client.posts.unschedule({ org, id }), 'It is a draft again'),
      },
    may('posts.schedule') &&
      allows(standing, 'cancel') && {
        label: 'Cancel',
        run: () => run(() => client.posts.cancel({ org, id }), 'Cancelled'),
      },
    may('posts.write') && isDeletable(standing) && { label: 'Delete', run: () => remove(id) },
  ].filter((item) => item !== false)
  if (items.length === 0) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Actions of “${summary.slice(0, 60) || 'Without text'}”`}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map((item) => (
            <Menu.Item
              key={item.label}
              onClick={() => void item.run()}
              color={item.label === 'Delete' ? 'crimson' : undefined}
            >
              {item.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ReasonDialog
        opened={holding}
        close={() => setHolding(false)}
        title="Hold this post?"
        text="Nothing of it goes out until somebody releases it."
        action="Hold"
        needed
        run={async (reason) => {
          await client.posts.hold({ org, id, reason })
          showDone('Held')
          void refresh(queryClient, api.posts)
        }}
      />
    </>
  )
}

/** Answers whether it was deleted. */
export function useRemovePost(): (id: string) => Promise<boolean> {
  const { id: org } = useOrg()
  const queryClient = useQueryClient()
  const changed = () => refresh(queryClient, api.posts)
  return async (id) => {
    try {
      await client.posts.remove({ org, id })
    } catch (error) {
      showProblem(error, 'The post was not deleted')
      return false
    }
    void changed()
    showUndo('Post deleted', async () => {
      await client.posts.restore({ org, id })
      await changed()
    })
    return true
  }
}
