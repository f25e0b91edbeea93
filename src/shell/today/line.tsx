// One line of Today: what it is, in which state, and the one thing to do.

import type { ReactNode } from 'react'

interface LineProps {
  title: string
  lead?: ReactNode
  badge?: ReactNode
  note?: ReactNode
  children: ReactNode
}

export function Line({ title, lead, badge, note, children }: LineProps) {
  return (
    <li className="td-line">
      {lead && <span className="td-lead">{lead}</span>}
      <span className="td-words">
        <span className="td-title">{title}</span>
        {(badge || note) && (
          <span className="td-note">
            {badge} {note}
          </span>
        )}
      </span>
      <span className="td-action">{children}</span>
    </li>
  )
}
