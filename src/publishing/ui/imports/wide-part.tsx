// A part that may be wider than a phone: it scrolls by itself, also by keyboard.

import type { ReactNode } from 'react'

export function WidePart({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="im-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
