// Who did it, also where nobody of the organisation did.

interface Actor {
  kind: 'member' | 'token' | 'system' | 'network' | 'outsider'
  name: string | null
}

export const actorName = ({ actor }: { actor: Actor }): string =>
  actor.name ??
  {
    member: 'A former member',
    token: 'A token',
    system: 'Longrun',
    network: 'The network',
    outsider: 'Somebody outside',
  }[actor.kind]
