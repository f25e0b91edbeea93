// The person at the foot of the navigation: profile, look, shortcuts, sign out.

import { Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import {
  IconCheck,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { showProblem } from '../kit/toast.tsx'
import { useOrg, useViewer } from '../kit/viewer.tsx'
import { roleWords } from '../kit/words.ts'
import { signOut } from './sign-out.ts'

const looks = [
  { value: 'auto', label: 'Like the system', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const

export function UserMenu({ showShortcuts }: { showShortcuts: () => void }) {
  const { user } = useViewer()
  const org = useOrg()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = () => signOut().catch((error) => showProblem(error, 'You are still signed in'))
  return (
    <Menu position="top-start" width={232}>
      <Menu.Target>
        <UnstyledButton className="sh-user-button">
          <VisuallyHidden>Profile, look and sign out: </VisuallyHidden>
          <span className="sh-user-name">{user.name}</span>
          <span className="sh-user-role">{roleWords[org.role].label}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconUser size={16} />}
          onClick={() => void navigate({ to: '/o/$slug/settings/profile', params: { slug: org.slug } })}
        >
          Profile and security
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={showShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Look</Menu.Label>
        {looks.map(({ value, label, icon: LookIcon }) => (
          <Menu.Item
            key={value}
            leftSection={<LookIcon size={16} />}
            rightSection={colorScheme === value ? <IconCheck size={16} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(value)}
            closeMenuOnClick={false}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
