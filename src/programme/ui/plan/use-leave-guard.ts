// Asks before lines that are not in force yet are left behind: by a link, by going back, or by closing the tab.

import { useBlocker } from '@tanstack/react-router'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'

export function useLeaveGuard(isUnsaved: boolean): void {
  const confirm = useConfirm()
  useBlocker({
    disabled: !isUnsaved,
    enableBeforeUnload: isUnsaved,
    // What moves within the page, such as its address, takes nothing away.
    shouldBlockFn: async ({ current, next }) =>
      current.pathname !== next.pathname &&
      !(await confirm({
        title: 'Leave without putting it in force?',
        body: 'The lines that you changed are only on this page: they are lost when you leave.',
        action: 'Leave',
        danger: true,
      })),
  })
}
