// Addresses in mails: they name the organisation by its id, so that they outlive a new name.

/** `path` begins without a slash: `posts/…`, `accounts/…`. `people/doors.ts` leads from here to the page. */
export const linkTo = (publicUrl: string, orgId: string, path: string): string => `${publicUrl}/go/${orgId}/${path}`
