import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chooseCustomers } from '../../src/core/flows/choose-customers.ts'
import type { Ask, Question } from '../../src/core/flows/ctx.ts'
import { testCtx, URE } from '../support/ctx.ts'

/** Somebody at a terminal who types these lines and takes the first of a list. */
function person(lines: readonly string[]) {
  const asked: Question[] = []
  const left = [...lines]
  const ask: Ask = {
    text: async (question) => {
      asked.push(question)
      return left.shift() ?? ''
    },
    accepted: async (question, preset, read) => read(await ask.text(question, preset)),
    secret: async () => '',
    choice: async (_question, options) => options[0] ?? '',
    confirm: async () => false,
  }
  return { asked, ask }
}

describe('a customer that is searched for', () => {
  test('is asked for again while nobody matches', async (t) => {
    const { ask, asked } = person(['nadie', 'tampoco', 'robotica'])
    const { ctx } = await testCtx(t, { ask })
    assert.deepEqual(await chooseCustomers(ctx, ['?']), [URE])
    assert.deepEqual(asked, ['which-customer', 'no-such-customer', 'no-such-customer'])
  })

  test('is not found when the answer is empty, or when nobody is there to ask', async (t) => {
    const { ctx } = await testCtx(t, { ask: person([]).ask })
    for (const asking of [ctx, { ...ctx, ask: null }])
      await assert.rejects(chooseCustomers(asking, ['?nadie']), {
        code: 'CUSTOMER_NOT_FOUND',
        params: { code: 'nadie' },
      })
  })
})
