// The public pages of newsletters: plain, quick, without a script, readable everywhere.

import { escaped, type Issue } from './issue.ts'

/** One heading and a few words. */
export const tellPage = (title: string, text: string): string => page(title, `<p>${escaped(text)}</p>`)

/** A question with one button: what opens links by itself presses none. */
export const buttonPage = (title: string, text: string, button: string): string =>
  page(title, `<p>${escaped(text)}</p><form method="post"><button>${escaped(button)}</button></form>`)

export const goneAway = (): string =>
  tellPage('There is nothing here', 'The link may not be complete, or what it led to was ended or forgotten.')

export function askPage(name: string, words: string, again?: { address: string; fault: string }): string {
  const fault = again ? `<p class="fault" id="fault" role="alert">${escaped(again.fault)}</p>` : ''
  const marks = again ? ' aria-invalid="true" aria-describedby="fault"' : ''
  return page(
    name,
    `<form method="post"><label>Your mail address<input name="address" type="email" autocomplete="email" required maxlength="254" value="${escaped(again?.address ?? '')}"${marks}></label>
${fault}<label>Your name, if you like<input name="name" autocomplete="name" maxlength="200"></label>
<label class="unseen" aria-hidden="true">Leave this empty<input name="website" tabindex="-1" autocomplete="off"></label>
<p class="small">${escaped(words)}</p><button>Subscribe</button></form>`,
  )
}

export const confirmPage = (name: string, address: string): string =>
  page(
    name,
    `<p>Shall “${escaped(name)}” come to ${escaped(address)}?</p><form method="post"><button>Yes, subscribe</button></form>`,
  )

export const leavePage = (name: string, address: string): string =>
  page(
    `Leave “${name}”?`,
    `<p>No further issue will come to ${escaped(address)}.</p><form method="post"><button>Leave this newsletter</button></form>`,
  )

/** Pressed by mistake, it is a short way back. */
export const leftPage = (name: string, joinUrl: string): string =>
  page(
    'You have left',
    `<p>“${escaped(name)}” does not come to you any more.</p><p class="small"><a href="${escaped(joinUrl)}">Subscribe again</a></p>`,
  )

export const issuePage = ({ letter, sender }: Issue): string =>
  page(
    letter.subject,
    `<p class="small">${escaped(sender.name)}</p>${letter.html}<p class="small">${escaped(sender.name)}, ${escaped(sender.imprint)}</p>`,
  )

const style = `:root{color-scheme:light dark}body{margin:0 auto;padding:32px 16px;max-width:640px;font:16px/1.55 system-ui,-apple-system,Segoe UI,Helvetica,Arial,sans-serif}
h1{font-size:26px;line-height:1.25;margin:0 0 16px}label{display:block;margin:0 0 12px;font-weight:600}input{display:block;width:100%;box-sizing:border-box;margin-top:4px;padding:10px;font:inherit;border:1px solid #8a8378;border-radius:6px}
button{font:inherit;font-weight:600;padding:10px 18px;border:0;border-radius:6px;background:#a63d12;color:#fff;cursor:pointer}button:focus-visible,input:focus-visible{outline:3px solid #d9772f;outline-offset:2px}
.small{font-size:14px;opacity:.8}.fault{color:#c2271b;font-weight:600}.unseen{position:absolute;left:-9999px}img{max-width:100%;height:auto}figure{margin:16px 0}blockquote{margin:16px 0;padding-left:12px;border-left:3px solid #c9c4bb}`

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`
