// The name of a file's content, as the server computes it: SHA-256, so that nothing is sent that is there already.

/** null where the browser does not compute it: it does so on https and localhost alone. */
export async function hashFile(file: File): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
