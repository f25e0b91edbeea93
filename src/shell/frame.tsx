// The frame of pages outside an organisation, and knowing whether a page has one: what stands in for a page needs it too.

import { createContext, type ReactNode, use } from 'react'
import { Mark } from './mark.tsx'

const Framed = createContext(false)

/** Around the place of the page, inside a frame. */
export function PagePlace({ children }: { children: ReactNode }) {
  return <Framed value>{children}</Framed>
}

/** The name of the place and one calm column. */
export function OutsideFrame({ children }: { children: ReactNode }) {
  return (
    <div className="sh-outside">
      <header className="sh-outside-head">
        <Mark />
      </header>
      <main id="main" tabIndex={-1} className="sh-outside-main">
        <PagePlace>{children}</PagePlace>
      </main>
    </div>
  )
}

/** Puts the frame around what may appear with and without one. */
export function AnyFrame({ children }: { children: ReactNode }) {
  return use(Framed) ? children : <OutsideFrame>{children}</OutsideFrame>
}
