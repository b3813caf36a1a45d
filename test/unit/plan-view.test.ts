import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { SendPlanResult } from '../../src/core/model/results/plan.ts'
import { LANGUAGES } from '../../src/ui/messages/translate.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import type { ViewContext } from '../../src/ui/views/view.ts'

const AT = '2024-06-01T12:00:00.000Z'
const TOO_BIG = Array.from({ length: 3000 }, (_, i) => ({
  order: `01HZ9K3M5Q7R9T1V3X${i + 10000000}`,
  bytes: 30_000_000,
}))

const PLAN: SendPlanResult = {
  ...{ kind: 'send-plan', at: AT, lastAt: null, held: [], unknown: 0 },
  profiles: [
    {
      ...{ name: 'oficina', messages: 0, recipients: 0, bytes: 0, largest: 0, usedToday: 0, thisRun: 0 },
      limits: { perMinute: null, perDay: null, maxRecipients: 100, maxBytes: 25_000_000 },
      ...{ limit: null, firstAt: null, lastAt: null, hold: null, tooBig: TOO_BIG },
    },
  ],
  totals: { messages: 0, recipients: 0, bytes: 0, tooBig: TOO_BIG.length },
  later: { deliveries: 0, nextAt: null },
}

const reader = (changes: Partial<ViewContext>): ViewContext => ({
  ...makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' }),
  ...changes,
})

describe('a plan with thousands of orders that are too big', () => {
  for (const language of LANGUAGES) {
    test(`shows the first of them and how many more there are, in ${language}`, () => {
      const context = makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' })
      const lines = viewOf(PLAN, context).split('\n')
      assert.ok(lines.length < 70, String(lines.length))
      assert.equal(lines.filter((line) => line.includes('100000')).length, 50)
      assert.match(lines.join('\n'), /… \S+ 2950 .*--json/)
    })
  }

  test('shows all of them when it is asked for more, and in a pipe', () => {
    for (const context of [reader({ verbosity: 'verbose' }), reader({ width: Infinity })]) {
      const shown = viewOf(PLAN, context)
      assert.match(shown, / 10002999 /)
      assert.doesNotMatch(shown, /…/)
    }
  })
})
