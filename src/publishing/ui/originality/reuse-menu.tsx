// Makes something new from a post: adapted for somebody, or used again; the new draft opens at once.

import { Button, Menu, Modal, TextInput } from '@mantine/core'
import { IconRecycle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { DepartmentSelect } from '../../../people/ui/department-select.tsx'
import type { Post } from '../use-saver.ts'

export function ReuseMenu({ post }: { post: Post }) {
  const org = useOrg()
  const may = useMay()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [adapting, setAdapting] = useState(false)
  const open = async (made: Post) => {
    void refresh(queryClient, api.posts)
    await navigate({ to: '/o/$slug/compose', params: { slug: org.slug }, search: { post: made.id } })
  }
  const again = () =>
    client.originality.reuse({ org: org.id, id: post.id, as: 'recycled' }).then(open, (error) => showProblem(error))
  if (!may('posts.write')) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconRecycle size={16} />}>
            Reuse
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAdapting(true)}>Adapt this post for…</Menu.Item>
          <Menu.Item onClick={() => void again()}>Use again</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={adapting} onClose={() => setAdapting(false)} title="Adapt this post">
        <AdaptForm post={post} done={open} close={() => setAdapting(false)} />
      </Modal>
    </>
  )
}

interface AdaptFormProps {
  post: Post
  done: (made: Post) => Promise<void>
  close: () => void
}

function AdaptForm({ post, done, close }: AdaptFormProps) {
  const org = useOrg()
  const form = useServerForm({
    initialValues: { adaptedFor: '', departmentId: post.belonging.departmentId },
    validate: ({ adaptedFor }) => ({ adaptedFor: wants.text(adaptedFor, 'For whom it is') }),
    send: (values) => client.originality.reuse({ org: org.id, id: post.id, as: 'adapted', ...values }),
    done,
  })
  return (
    <ServerForm form={form} submit="Begin the draft" label="Adapt this post" close={close}>
      <TextInput
        label="For whom"
        placeholder="New members, readers in Austria, the press …"
        maxLength={200}
        data-autofocus
        {...form.field('adaptedFor')}
      />
      <DepartmentSelect label="Department that uses it" {...form.field('departmentId')} />
    </ServerForm>
  )
}
