// The one source of "now". Verbs and jobs take it as an argument; tests hand in their own.

export type Clock = () => Date

export const systemClock: Clock = () => new Date()
