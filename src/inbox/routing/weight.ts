// How many units of work a conversation takes: letters and talks in private take longer than a comment.

import type { SaidKind } from '../../connectors/converse.ts'

const weights: Partial<Record<SaidKind, number>> = { message: 2, mail: 2, review: 2 }

export const weightOf = (kind: SaidKind): number => weights[kind] ?? 1
