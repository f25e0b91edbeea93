// The shortcuts of the whole app, their list under `?`, and the switch that turns them off.

import { Modal, Stack, Switch } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { KeyHint, useShortcut, useShortcuts } from '../kit/shortcuts.tsx'
import { useMay, useOrg } from '../kit/viewer.tsx'
import { type NavigationPage, pages } from './pages.ts'

export function ShortcutHelp({ opened, setOpened }: { opened: boolean; setOpened: (opened: boolean) => void }) {
  useShortcut('?', 'Show the shortcuts', () => setOpened(true))
  const may = useMay()
  return (
    <>
      {pages.map((page) => (
        <GoTo key={page.to} page={page} />
      ))}
      {may('posts.write') && <Compose />}
      <Modal opened={opened} onClose={() => setOpened(false)} closeOnClickOutside title="Keyboard shortcuts">
        <ShortcutList />
      </Modal>
    </>
  )
}

function GoTo({ page }: { page: NavigationPage }) {
  const { slug } = useOrg()
  const navigate = useNavigate()
  useShortcut(page.key, `Go to ${page.label}`, () => void navigate({ to: page.to, params: { slug } }))
  return null
}

function Compose() {
  const { slug } = useOrg()
  const navigate = useNavigate()
  useShortcut('c', 'Write a post', () => void navigate({ to: '/o/$slug/compose', params: { slug } }))
  return null
}

function ShortcutList() {
  const { list, on, setOn } = useShortcuts()
  return (
    <Stack gap="md">
      <dl className="sh-shortcuts">
        {list().map(({ keys, label }) => (
          <div key={keys}>
            <dt>{label}</dt>
            <dd>
              <KeyHint keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Use shortcuts"
        description="Turn them off when you speak to your device or use its own keys."
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
    </Stack>
  )
}
