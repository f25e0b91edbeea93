// Shows the organisation, and changes to another or to a new one.

import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useOrg, useViewer } from '../kit/viewer.tsx'

export function OrgSwitcher() {
  const { orgs } = useViewer()
  const org = useOrg()
  const navigate = useNavigate()
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton className="sh-org">
          <VisuallyHidden>Organisation: </VisuallyHidden>
          <span className="sh-org-letter" aria-hidden>
            {[...org.name][0]?.toUpperCase()}
          </span>
          <span className="sh-org-name">{org.name}</span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {orgs.map((other) => (
          <Menu.Item
            key={other.id}
            rightSection={other.id === org.id ? <IconCheck size={16} aria-label="open now" /> : null}
            onClick={() => void navigate({ to: '/o/$slug/today', params: { slug: other.slug } })}
          >
            {other.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => void navigate({ to: '/organisations/new' })}>
          New organisation
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
