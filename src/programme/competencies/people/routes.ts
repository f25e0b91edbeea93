// Who has which competency, and buddies, over HTTP: each route calls one verb.

import { serve } from '../../../people/serve.ts'
import { endCertificate, giveCertificate, listCertificates, resumeCertificate } from './certify.ts'
import { competentPeopleContract } from './contract.ts'
import { endBuddies, listBuddies, pairBuddies, resumeBuddies } from './pair.ts'

const { certificates, buddies } = serve(competentPeopleContract)

export const competentPeopleRoutes = {
  certificates: {
    list: certificates.list.handler(({ context: { services, caller } }) => listCertificates(services, caller)),
    give: certificates.give.handler(({ context: { services, caller }, input }) =>
      giveCertificate(services, caller, input),
    ),
    end: certificates.end.handler(({ context: { services, caller }, input }) =>
      endCertificate(services, caller, input),
    ),
    resume: certificates.resume.handler(({ context: { services, caller }, input }) =>
      resumeCertificate(services, caller, input),
    ),
  },
  buddies: {
    list: buddies.list.handler(({ context: { services, caller } }) => listBuddies(services, caller)),
    pair: buddies.pair.handler(({ context: { services, caller }, input }) => pairBuddies(services, caller, input)),
    end: buddies.end.handler(({ context: { services, caller }, input }) => endBuddies(services, caller, input)),
    resume: buddies.resume.handler(({ context: { services, caller }, input }) =>
      resumeBuddies(services, caller, input),
    ),
  },
}
