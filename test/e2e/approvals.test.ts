// Journey: from a draft to published, with two approvers and one person outside, on screens of a phone.

import { expect, test } from 'vitest'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { addColleague, type Colleague } from './people.ts'
import { dayAhead, upload, write } from './posts.ts'
import { eventually, setStage } from './stage.ts'

const org = '/o/harbour-outdoor'

interface Held {
  author: Colleague
  first: Colleague
  second: Colleague
  account: Account
}

describeJourney('a post that needs consent', () => {
  const held: Partial<Held> = {}
  const stage = setStage({}, async ({ example }) => {
    held.account = await connectPractice(example, 'harbour')
    held.author = await addColleague(example, 'contributor')
    held.first = await addColleague(example, 'approver', 'first-approver')
    held.second = await addColleague(example, 'approver', 'second-approver')
    const role = { kind: 'role', role: 'approver' }
    await example.call('POST', `/orgs/${example.org.id}/lanes`, {
      ...{
        name: 'Two of us',
        steps: [{ approvers: [role], needed: 2 }],
        scopes: [{ scope: 'organisation', id: null }],
      },
    })
  })

  test('goes from a draft to published by two approvers and somebody outside, each with one thumb', async () => {
    const { example } = stage
    const text = 'The lighthouse is open on Sunday.'
    const picture = await upload(example, 'A lighthouse')
    const post = await write(example, [held.account!.id], { segments: [{ text, media: [picture] }] })

    const author = await stage.visitAs(held.author!, screens.phone)
    await author.page.goto(`${org}/compose?post=${post.id}`)
    await author.page.getByText('It needs approval:').waitFor()
    await author.page.getByText('Now', { exact: true }).click()
    await author.page.getByLabel('Note for those who approve').fill('For the weekend')
    await author.page.getByRole('button', { name: 'Ask for approval' }).click()
    await author.page.getByText('Ask somebody outside').click()
    await author.page.getByLabel('Name').fill('The agency')
    await author.page.getByLabel('E-mail address').fill('agency@example.org')
    await author.page.getByRole('button', { name: 'Make a link' }).click()
    const link = await author.page.getByLabel(/^The link/).inputValue()
    expect(link).toContain('/review/')

    await author.page.getByText('The post waits for The agency.').waitFor()

    for (const person of [held.first!, held.second!]) {
      const { page } = await stage.visitAs(person, screens.phone)
      await page.goto(`${org}/today`)
      await page.getByRole('link', { name: 'Look' }).click()
      await page.getByText('For the weekend').waitFor()
      await page.getByRole('button', { name: 'Approve', exact: true }).click()
      await page
        .getByRole('button', { name: 'You approved it' })
        .or(page.getByText(/Agreed:/))
        .first()
        .waitFor()
    }
    expect(example.network.posts()).toEqual([])

    const outside = await stage.visit(screens.phone)
    await outside.page.goto(new URL(link).pathname)
    await outside.page.getByText('Hello The agency.').waitFor()
    await outside.page.getByText(text).waitFor()
    const shown = outside.page.getByRole('img', { name: 'A lighthouse' })
    await eventually(() => shown.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
    await outside.page.getByRole('button', { name: 'Approve', exact: true }).click()
    await outside.page.getByText('Thank you. Approved.').waitFor()
    await eventually(() => example.network.posts().map((each) => each.text)).toEqual([text])
  })

  test('a new post is told what its campaign asks for, before it is saved and before anybody is asked', async () => {
    const { call, org: organisation } = stage.example
    const send = (path: string, body: object) => call<{ id: string }>('POST', `/orgs/${organisation.id}/${path}`, body)
    const fair = await send('campaigns', {
      ...{ name: 'Boat fair', kind: 'trade-show', beginsOn: dayAhead(0), endsOn: dayAhead(9) },
    })
    await send('lanes', {
      ...{
        name: 'Fair desk',
        steps: [{ approvers: [{ kind: 'role', role: 'admin' }], needed: 1 }],
        scopes: [{ scope: 'campaign', id: fair.id }],
      },
    })
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${org}/compose?campaign=${fair.id}`)
    await page.getByText('It needs approval:').waitFor()
    await page.getByText('Fair desk').waitFor()
    await page.getByRole('combobox', { name: 'Campaign or always-on' }).click()
    await page.getByRole('option', { name: 'Always-on' }).click()
    await page.getByText('Fair desk').waitFor({ state: 'hidden' })
  })

  test('an address that was typed by hand shows what waits', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${org}/approvals?whose=nobody&state=nothing`)
    await page.getByText('Nothing waits for you').waitFor()
  })
})
