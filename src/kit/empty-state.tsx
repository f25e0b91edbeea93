// What an empty place says: what belongs here, and the one action that brings the first of it.

import { Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  title: string
  children?: ReactNode
  action?: ReactNode
  /** A tabler icon. */
  icon?: ReactNode
  /** Heading level below the heading of the page or section. */
  order?: 2 | 3
}

export function EmptyState({ title, children, action, icon, order = 2 }: EmptyStateProps) {
  return (
    <div className="lr-empty" data-small={order === 3 || undefined}>
      {icon && (
        <span className="lr-empty-icon" aria-hidden>
          {icon}
        </span>
      )}
      <Title order={order} size="h3">
        {title}
      </Title>
      {children && <p>{children}</p>}
      {action && <div className="lr-empty-action">{action}</div>}
    </div>
  )
}
