// Journeys: the ways to sign in (password, second step, passkey), where one is signed in, and ending it.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { codeAt } from './authenticator.ts'
import { fillSignIn, signIn } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { addColleague } from './people.ts'
import { eventually, setStage } from './stage.ts'

const profile = '/o/harbour-outdoor/settings/profile'

const today = (page: Page) => page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()

describeJourney('signing in', () => {
  // Passkeys are bound to a name; an address is none.
  const stage = setStage({ env: { HOST: 'localhost' } })

  test('with a password: a wrong one is said, the right one leads to where the person wanted to be', async () => {
    const { page } = await stage.visit()
    await page.goto('/o/harbour-outdoor/activity')
    await page.waitForURL('**/sign-in?*')
    await fillSignIn(page, { ...exampleOwner, password: 'not the password' })
    await page.getByText('E-mail address and password do not fit together.').waitFor()
    await signIn(page, exampleOwner)
    await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor()
  })

  test('with a second step: set up by key, asked at the next sign-in, a backup code works once', async () => {
    const person = await addColleague(stage.example, 'manager', 'careful')
    const { page } = await stage.visitAs(person)
    await page.goto(profile)
    await page.getByRole('button', { name: 'Turn on' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await dialog.getByRole('button', { name: 'Go on' }).click()
    await dialog.getByRole('img', { name: 'QR code with the key below' }).waitFor()
    const key = await dialog.getByLabel('Or type this key').inputValue()
    await dialog.getByLabel('Code the app shows now').fill('000000')
    await dialog.getByRole('button', { name: 'Turn on' }).click()
    await dialog.getByText('This code is not right.').waitFor()
    await dialog.getByLabel('Code the app shows now').fill(codeAt(key))
    await dialog.getByRole('button', { name: 'Turn on' }).click()
    await dialog.getByText('They are shown only now.').waitFor()
    const codes = await dialog.getByLabel('Backup codes').locator('code').allInnerTexts()
    expect(codes.length).toBeGreaterThanOrEqual(8)
    await dialog.getByLabel('I keep them in a safe place').check()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByText('The second step is on').waitFor()

    const byApp = await stage.visit()
    await fillSignIn(byApp.page, person)
    await byApp.page.getByRole('heading', { name: 'One more step' }).waitFor()
    await byApp.page.getByLabel('Code', { exact: true }).fill(codeAt(key))
    await byApp.page.getByRole('button', { name: 'Go on' }).click()
    await today(byApp.page)

    const tryBackup = async () => {
      const visitor = await stage.visit()
      await fillSignIn(visitor.page, person)
      await visitor.page.getByRole('button', { name: 'Use a backup code' }).click()
      await visitor.page.getByLabel('Backup code', { exact: true }).fill(codes[0] ?? '')
      await visitor.page.getByRole('button', { name: 'Go on' }).click()
      return visitor.page
    }
    await today(await tryBackup())
    await (await tryBackup()).getByText('This backup code is not right, or was already used.').waitFor()
  })

  test('with a passkey: added in the profile, then enough alone', async () => {
    const person = await addColleague(stage.example, 'manager', 'modern')
    const { page, context } = await stage.visitAs(person)
    const devtools = await context.newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(profile)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Key of the test')
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click()
    await page.getByText('Passkey added').waitFor()
    await page.getByRole('table', { name: 'Passkeys' }).getByText('Key of the test').waitFor()

    await page.getByRole('button', { name: /^Profile, look and sign out/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in')
    await page.goto('/o/harbour-outdoor/today')
    await page.waitForURL('**/sign-in?*')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await today(page)
    expect(await page.getByRole('button', { name: /^Profile, look and sign out/ }).textContent()).toContain(person.name)
  })

  test('sessions are listed and ended elsewhere; a new password ends the others and replaces the old one', async () => {
    const person = await addColleague(stage.example, 'viewer', 'travelling')
    const [here, there] = [await stage.visit(), await stage.visit()]
    for (const { page } of [here, there]) await signIn(page, person)
    await here.page.goto(profile)
    const sessions = here.page.getByRole('table', { name: 'Sessions' })
    await sessions.getByText('This one').waitFor()
    expect(await sessions.getByRole('row', { name: /Chrome on Linux/ }).count()).toBe(2)
    await sessions
      .getByRole('row', { name: /Chrome on Linux/ })
      .filter({ hasNotText: 'This one' })
      .getByRole('button', { name: 'Sign out' })
      .click()
    await here.page.getByText('Signed out there').waitFor()
    await there.page.goto(profile)
    await there.page.waitForURL('**/sign-in?*')

    const form = here.page.getByRole('form', { name: 'Password' })
    await form.getByLabel('Current password').fill('not the password')
    await form.getByLabel('New password').fill('a newer and longer password')
    await form.getByRole('button', { name: 'Change password' }).click()
    await form.getByText('The password is not right.').waitFor()
    await form.getByLabel('Current password').fill(person.password)
    await form.getByRole('button', { name: 'Change password' }).click()
    await here.page.getByText('Password changed').waitFor()
    await sessions.getByText('This one').waitFor()
    await eventually(() => sessions.getByRole('row').count()).toBe(2)

    await fillSignIn(there.page, person)
    await there.page.getByText('E-mail address and password do not fit together.').waitFor()
    await signIn(there.page, { ...person, password: 'a newer and longer password' })
    await there.page.getByRole('heading', { name: 'Profile & security', level: 1 }).waitFor()
  })
})
