// Journey: signing in at the organisation's own provider, a real one, as somebody invited and as somebody who is not.

import { afterAll, expect, test } from 'vitest'
import { describeServer } from '../servers/describe-server.ts'
import { type OidcProvider, startOidcProvider } from '../servers/oidc.ts'
import { freePort } from '../servers/process.ts'
import type { Visit } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { invite } from './people.ts'
import { setStage } from './stage.ts'

describeServer('oidc', () => {
  describeJourney('single sign-on', () => {
    const held: { provider?: OidcProvider } = {}
    const stage = setStage(async () => {
      const port = await freePort()
      held.provider = await startOidcProvider({ redirectUris: [`http://127.0.0.1:${port}/api/auth/callback/oidc`] })
      const { issuer, clientId, clientSecret } = held.provider
      return {
        env: {
          PORT: String(port),
          OIDC_ISSUER: issuer,
          OIDC_CLIENT_ID: clientId,
          OIDC_CLIENT_SECRET: clientSecret,
          OIDC_NAME: 'Our directory',
        },
      }
    })
    afterAll(() => held.provider?.stop())

    const signInThere = async ({ page }: Visit, login: string) => {
      await page.goto('/o/harbour-outdoor/settings/profile')
      await page.getByRole('button', { name: 'Sign in with Our directory' }).click()
      await page.locator('input[name=login]').fill(login)
      await page.locator('input[name=password]').fill('any')
      await page.locator('button[type=submit]').click()
      await page.getByRole('button', { name: 'Continue' }).click()
    }

    test('an invited person arrives where they wanted to be, as a member; a stranger is told why not', async () => {
      await invite(stage.example, 'anna@example.org', 'manager')
      const anna = await stage.visit()
      await signInThere(anna, 'anna')
      await anna.page.getByRole('heading', { name: 'Profile & security', level: 1 }).waitFor()
      expect(await anna.page.getByLabel('E-mail address').inputValue()).toBe('anna@example.org')

      const stranger = await stage.visit()
      await signInThere(stranger, 'stranger')
      await stranger.page.waitForURL((url) => url.pathname === '/sign-in' && url.searchParams.has('error'))
      await stranger.page.getByText('Nobody has invited your e-mail address yet.').waitFor()
    })
  })
})
