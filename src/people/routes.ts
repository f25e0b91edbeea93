// The routes of people: each hands its input to a verb and shows the result.

import { peopleContract } from './contract.ts'
import { productVersion } from './installation.ts'
import { inviteMember, listInvitations, revokeInvitation } from './invitations.ts'
import { acceptInvitation, readOffer } from './join.ts'
import { changeMe, endMySession, listMySessions, readMe } from './me.ts'
import { changeMember, endMember, listMembers } from './members.ts'
import {
  addDepartment,
  changeOrganisation,
  listDepartments,
  removeDepartment,
  renameDepartment,
  showOrganisation,
} from './organisation.ts'
import type { Role } from './permissions.ts'
import { type RequestContext, serve } from './serve.ts'
import { createOrganisation, setUpInstallation } from './set-up.ts'
import { signInWithPassword } from './sign-in.ts'
import { anyUserExists } from './store-users.ts'
import { createToken, listTokens, revokeToken } from './tokens.ts'
import { invitationView, memberView, organisationView, tokenView } from './views.ts'
import { wallDepartment } from './wall-department.ts'

const os = serve(peopleContract)
const done = { removed: true, ended: true, revoked: true } as const

export const peopleRoutes = os.router({
  installation: {
    state: os.installation.state.handler(async ({ context: { services } }) => ({
      version: productVersion,
      hasOwner: await anyUserExists(services.db),
      oidcName: services.config.oidc?.name ?? null,
      mail: services.mailer.available,
    })),
    setUp: os.installation.setUp.handler(async ({ input, context }) => {
      const organisation = await setUpInstallation(context.services, context.auth, input)
      return {
        organisation: organisationView(organisation),
        token: await signInWithPassword(context, input.email, input.password),
      }
    }),
  },
  me: {
    read: os.me.read.handler(({ context }) => readMe(context.services, context.person.userId)),
    change: os.me.change.handler(async ({ input, context }) => {
      await changeMe(context.services, context.person.userId, input)
      return readMe(context.services, context.person.userId)
    }),
    sessions: os.me.sessions.handler(({ context }) => listMySessions(context.services, context.person)),
    endSession: os.me.endSession.handler(async ({ input, context }) => {
      await endMySession(context.services, context.person.userId, input.id)
      return { ended: done.ended }
    }),
    createOrganisation: os.me.createOrganisation.handler(async ({ input, context }) =>
      organisationView(await createOrganisation(context.services, { ...input, userId: context.person.userId })),
    ),
  },
  organisation: {
    read: os.organisation.read.handler(async ({ context }) =>
      organisationView(await showOrganisation(context.services, context.caller.orgId)),
    ),
    change: os.organisation.change.handler(async ({ input, context }) =>
      organisationView(await changeOrganisation(context.services, context.caller, input)),
    ),
  },
  departments: {
    list: os.departments.list.handler(({ context }) => listDepartments(context.services, context.caller.orgId)),
    add: os.departments.add.handler(({ input, context }) =>
      addDepartment(context.services, context.caller, input.name),
    ),
    rename: os.departments.rename.handler(({ input, context }) =>
      renameDepartment(context.services, context.caller, input.id, input.name),
    ),
    wall: os.departments.wall.handler(({ input, context }) => wallDepartment(context.services, context.caller, input)),
    remove: os.departments.remove.handler(async ({ input, context }) => {
      await removeDepartment(context.services, context.caller, input.id)
      return { removed: done.removed }
    }),
  },
  members: {
    list: os.members.list.handler(async ({ context }) =>
      (await listMembers(context.services, context.caller.orgId)).map(memberView),
    ),
    change: os.members.change.handler(async ({ input: { id, role, departmentId }, context }) =>
      memberView(await changeMember(context.services, context.caller, id, { role, departmentId })),
    ),
    end: os.members.end.handler(async ({ input, context }) => {
      await endMember(context.services, context.caller, input.id)
      return { ended: done.ended }
    }),
    invitations: os.members.invitations.handler(async ({ context }) =>
      (await listInvitations(context.services, context.caller.orgId)).map(invitationView),
    ),
    invite: os.members.invite.handler(async ({ input, context }) => {
      const { invitation, link, mailed } = await inviteMember(context.services, context.caller, input)
      return { ...invitationView(invitation), link, mailed }
    }),
    revokeInvitation: os.members.revokeInvitation.handler(async ({ input, context }) => {
      await revokeInvitation(context.services, context.caller, input.id)
      return { revoked: done.revoked }
    }),
  },
  joining: {
    read: os.joining.read.handler(async ({ input, context }) => {
      const { organisation, invitation, userId } = await readOffer(context.services, input.secret)
      const { email, role, expires_at } = invitation
      return {
        organisation: organisation.name,
        email,
        role: role as Role,
        expiresAt: expires_at.toISOString(),
        hasUser: userId !== null,
      }
    }),
    accept: os.joining.accept.handler(async ({ input, context }) => {
      const joined = await acceptInvitation(context.services, context.auth, {
        ...input,
        visitor: await visitorOf(context),
      })
      const token = joined.created ? await signInWithPassword(context, joined.email, input.password!) : null
      return { organisation: organisationView(joined.organisation), token }
    }),
  },
  tokens: {
    list: os.tokens.list.handler(async ({ context }) =>
      (await listTokens(context.services, context.caller)).map(tokenView),
    ),
    create: os.tokens.create.handler(async ({ input, context }) => {
      const { row, token } = await createToken(context.services, context.caller, input)
      return { ...tokenView(row), token }
    }),
    revoke: os.tokens.revoke.handler(async ({ input, context }) => {
      await revokeToken(context.services, context.caller, input.id)
      return { revoked: done.revoked }
    }),
  },
})

async function visitorOf(context: RequestContext): Promise<string | null> {
  const identity = await context.identity()
  return identity?.kind === 'session' ? identity.userId : null
}
