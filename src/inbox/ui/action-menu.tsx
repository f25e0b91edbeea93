// A small button that opens a menu of things to do.

import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export const ActionMenu = ({ label, isBusy, children }: { label: string; isBusy: boolean; children: ReactNode }) => (
  <Menu position="bottom-start" withinPortal>
    <Menu.Target>
      <Button variant="default" size="compact-sm" loading={isBusy} rightSection={<IconChevronDown size={14} />}>
        {label}
      </Button>
    </Menu.Target>
    <Menu.Dropdown>{children}</Menu.Dropdown>
  </Menu>
)
