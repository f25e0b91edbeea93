// Words about handing mentions on that pages and server share.

export const handOnKinds = ['inbox', 'insight'] as const
export type HandOnKind = (typeof handOnKinds)[number]
