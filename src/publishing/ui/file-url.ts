// Where a media file is served.

export const fileUrl = (orgId: string, id: string, size: 'original' | 'thumbnail'): string =>
  `/files/${orgId}/${id}/${size}`
