// What a person has to do next: a list of lines, each with one thing to do.

import type { ReactNode } from 'react'
import './todo.css'

export const TodoList = ({ children }: { children: ReactNode }) => <ul className="lr-todo">{children}</ul>

interface LineProps {
  title: string
  lead?: ReactNode
  badge?: ReactNode
  note?: ReactNode
  children: ReactNode
}

/** What it is, in which state, and the one thing to do. */
export function TodoLine({ title, lead, badge, note, children }: LineProps) {
  return (
    <li className="lr-todo-line">
      {lead && <span className="lr-todo-lead">{lead}</span>}
      <span className="lr-todo-words">
        <span className="lr-todo-title">{title}</span>
        {(badge || note) && (
          <span className="lr-todo-note">
            {badge} {note}
          </span>
        )}
      </span>
      <span className="lr-todo-action">{children}</span>
    </li>
  )
}
