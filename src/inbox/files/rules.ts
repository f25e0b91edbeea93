// As what a file that came with a message is handed out: never as something that runs. Pure.

/** What programs of a computer run when it is opened, by the end of its name. */
const programEndings =
  /\.(?:exe|com|scr|pif|bat|cmd|msi|msp|dll|jar|js|jse|mjs|vbs|vbe|wsf|wsh|hta|ps1|psm1|lnk|url|reg|cpl|gadget|app|apk|dmg|pkg|deb|rpm|sh|bash|command|desktop|scpt|iso|img|vhd|vhdx|xll|html?|xhtml|svg|xml)[. ]*$/i

/** What they run whatever it is called: Windows, Linux, macOS in its orders of bytes, and scripts that name their program. */
const programBeginnings = ['4d5a', '7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', '2321']

export function isProgram(name: string, bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  return programEndings.test(name) || programBeginnings.some((beginning) => head.startsWith(beginning))
}

/** Told as what they are; everything else is a row of bytes for a program that knows it. */
const known: readonly [type: string, beginning: string][] = [
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
  ['image/gif', '47494638'],
  ['application/pdf', '255044462d'],
]

export function typeOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return known.find(([, beginning]) => head.startsWith(beginning))?.[0] ?? 'application/octet-stream'
}

/** No folders, no signs that steer or turn round what is read. */
export const safeName = (name: string | null): string =>
  (name ?? '')
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '')
    .trim()
    .slice(0, 150)
    .toWellFormed() || 'file'
