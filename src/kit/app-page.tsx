// The frame of every page: title (also of the tab), a line below it, actions on the right, breadcrumbs above.
//
//   <AppPage title="Posts" actions={<ButtonLink …>} crumbs={[{ label: 'Settings', link: <TextLink to="…">Settings</TextLink> }]}>

import { Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

interface AppPageProps {
  title: string
  /** Beside the title: a badge, a count. */
  aside?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** Links to what is above, outermost first; the page itself is not among them. */
  crumbs?: ReactNode[]
  /** `narrow` for forms and reading, `full` for calendars and editors. */
  width?: 'narrow' | 'wide' | 'full'
  children: ReactNode
}

export function AppPage({ title, aside, description, actions, crumbs, width = 'wide', children }: AppPageProps) {
  useDocumentTitle(title)
  return (
    <div className="lr-page" data-width={width}>
      <header className="lr-page-head">
        <div className="lr-page-name">
          {crumbs && crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
          <div className="lr-page-title">
            <Title order={1}>{title}</Title>
            {aside}
          </div>
          {description && <p className="lr-page-description">{description}</p>}
        </div>
        {actions && <div className="lr-page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

function Crumbs({ crumbs }: { crumbs: ReactNode[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="lr-crumbs">
        {crumbs.map((crumb, index) => (
          <li key={index}>{crumb}</li>
        ))}
      </ol>
    </nav>
  )
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Longrun`
  }, [title])
}

/** A part of a page with its own heading. */
export function Section({
  title,
  description,
  actions,
  children,
}: {
  title: string
  description?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  const id = `section-${title.toLowerCase().replaceAll(/\W+/g, '-')}`
  return (
    <section className="lr-section" aria-labelledby={id}>
      <div className="lr-section-head">
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {description && <p className="lr-page-description">{description}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
