// A link for the bookmarks bar: on any page it opens Capture in a small window, with the page's address and what is marked there.

import { useEffect, useRef } from 'react'
import { showDone } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'

/** Longer addresses are cut off by servers on the way. */
const mostMarked = 3000

/** Nothing secret stands in it: whoever opens it is asked who they are, as on every page. */
const linkFor = (address: string): string =>
  `javascript:void(open(${JSON.stringify(address)}+'?url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title.slice(0,300))+'&text='+encodeURIComponent(String(getSelection()).slice(0,${mostMarked}).toWellFormed()),'longrun-capture','width=520,height=820'))`

export function Bookmarklet() {
  const { slug } = useOrg()
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    // Set by hand: React refuses such addresses, and this one comes from nobody else.
    link.current?.setAttribute('href', linkFor(`${location.origin}/o/${slug}/listen/capture`))
  }, [slug])
  return (
    <section className="ca-mark" aria-label="From any web page">
      <h2>From any web page</h2>
      <p>Drag this into your bookmarks bar. Mark some words on a page, then press it: they are filled in here.</p>
      {/* biome-ignore lint/a11y/useValidAnchor: it is dragged, and gets its address above */}
      <a
        ref={link}
        href="#capture"
        className="ca-link"
        draggable
        onClick={(event) => {
          event.preventDefault()
          showDone('Drag it into the bookmarks bar; it works on other pages.')
        }}
      >
        Capture in Longrun
      </a>
      <p className="ca-by">A review, a comment, a forum: only what you mark and the page’s address are taken.</p>
    </section>
  )
}
