import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bytesValue, limitValue, unknownPolicy } from '../../../src/core/model/limit-fields.ts'
import {
  DEFAULT_LIMITS,
  pieces,
  slotsFor,
  transactionSize,
  WINDOW_MS,
} from '../../../src/core/model/limits.ts'
import { profileFrom } from '../../../src/core/model/profile-fields.ts'
import { withLimits } from '../../../src/core/model/profile-limits.ts'
import { PROVIDER_NAMES, presetOf } from '../../../src/core/model/providers.ts'
import { quotaKind } from '../../../src/core/model/quota-reply.ts'
import { smtpProfile } from '../../support/profiles.ts'

const MINUTE = WINDOW_MS['per-minute']
const DAY = WINDOW_MS['per-day']
const NOW = 1_000 * DAY

/** The most that any window of that length holds; a window takes its begin and not its end. */
function fullest(uses: readonly { at: number; count: number }[], length: number): number {
  return Math.max(
    0,
    ...uses.map(({ at }) =>
      uses.filter((use) => use.at >= at && use.at < at + length).reduce((sum, { count }) => sum + count, 0),
    ),
  )
}

describe('places in the windows of the limits', () => {
  test('without limits everything goes at once', () => {
    const slots = slotsFor([], [3, 1, 50], { limits: DEFAULT_LIMITS, now: NOW })
    assert.deepEqual(slots, Array(3).fill({ at: NOW, limit: null }))
  })

  test('a limit of a minute counts messages, and lets the next one go when the oldest is a minute old', () => {
    const uses = [{ at: NOW - 50_000, recipients: 9 }]
    const slots = slotsFor(uses, [1, 1, 1, 1], { limits: { perMinute: 2, perDay: null }, now: NOW })
    assert.deepEqual(slots, [
      { at: NOW, limit: null },
      { at: NOW + 10_000, limit: 'per-minute' },
      { at: NOW + MINUTE, limit: 'per-minute' },
      { at: NOW + 10_000 + MINUTE, limit: 'per-minute' },
    ])
  })

  test('a limit of a day counts recipients, and waits until enough of them are a day old', () => {
    const uses = [
      { at: NOW - DAY, recipients: 100 },
      { at: NOW - DAY + 5_000, recipients: 2 },
      { at: NOW - 7_000, recipients: 6 },
    ]
    const slots = slotsFor(uses, [2, 3, 9], { limits: { perMinute: null, perDay: 10 }, now: NOW })
    assert.deepEqual(slots, [
      { at: NOW, limit: null },
      { at: NOW + DAY - 7_000, limit: 'per-day' },
      { at: NOW + 2 * DAY - 7_000, limit: 'per-day' },
    ])
  })

  test('no window ever holds more than the limits, whatever was sent before', () => {
    let seed = 7
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let round = 0; round < 40; round++) {
      const limits = { perMinute: 1 + random(6), perDay: 5 + random(40) }
      // What was sent before keeps to the limits too.
      const before = slotsFor(
        [],
        Array.from({ length: random(30) }, () => 1 + random(5)),
        {
          limits,
          now: NOW - random(2 * DAY),
        },
      )
      const uses = before.map(({ at }) => ({ at, recipients: 1 }))
      const wanted = Array.from({ length: 60 }, () => 1 + random(5))
      const now = Math.max(NOW, uses.at(-1)?.at ?? 0)
      const slots = slotsFor(uses, wanted, { limits, now })
      const all = [...uses, ...slots.map(({ at }, i) => ({ at, recipients: wanted[i] ?? 0 }))]
      assert.ok(
        fullest(
          all.map(({ at }) => ({ at, count: 1 })),
          MINUTE,
        ) <= limits.perMinute,
      )
      assert.ok(
        fullest(
          all.map(({ at, recipients }) => ({ at, count: recipients })),
          DAY,
        ) <= limits.perDay,
      )
    }
  })

  test('ten thousand messages are planned in no time worth naming', () => {
    const slots = slotsFor([], Array<number>(10_000).fill(1), {
      limits: { perMinute: 30, perDay: 2_000 },
      now: NOW,
    })
    assert.equal(slots.at(-1)?.at, NOW + 4 * DAY + 66 * MINUTE)
  })
})

describe('row 101: recipients of one transaction', () => {
  test('never more than the profile or its day takes', () => {
    assert.equal(transactionSize({ ...DEFAULT_LIMITS, maxRecipients: 50, perDay: 20 }), 20)
    assert.equal(transactionSize({ ...DEFAULT_LIMITS, maxRecipients: 50 }), 50)
    assert.deepEqual(pieces([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]])
  })
})

describe('row F12: what kind of limit a refusal speaks of', () => {
  const REPLIES = [
    [
      '432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending',
      'connections',
    ],
    ['421 4.7.0 mx.example Error: too many connections from 192.0.2.1', 'connections'],
    ['421 4.7.0 Too many concurrent SMTP connections; please try again later.', 'connections'],
    ['454 4.7.0 Throttling failure: Maximum sending rate exceeded.', 'rate'],
    ['450 4.2.1 Peak SMTP relay limit exceeded', 'rate'],
    ['452 4.5.3 Too many recipients', 'rate'],
    ['550 5.4.5 Daily user sending limit exceeded', 'day'],
    ['454 4.7.0 Throttling failure: Daily message quota exceeded.', 'day'],
    ['554 5.2.2 Submission quota exceeded', 'day'],
  ] as const
  for (const [reply, kind] of REPLIES) {
    test(`${kind}: ${reply}`, () => assert.equal(quotaKind(reply), kind))
  }
})

describe('limits as they are typed', () => {
  test('numbers, sizes and none', () => {
    assert.equal(limitValue('per-day', '500'), 500)
    assert.equal(limitValue('per-day', 'ninguno'), null)
    assert.equal(limitValue('per-day', undefined), undefined)
    assert.deepEqual(
      ['26214400', '25M', '25MB', '25MiB', '35k', 'none'].map((text) => bytesValue('max-bytes', text)),
      [26_214_400, 26_214_400, 26_214_400, 26_214_400, 35_840, null],
    )
    for (const text of ['0', '-1', '2.5M', '4G', 'x'])
      assert.throws(() => bytesValue('max-bytes', text), { code: 'BAD_NUMBER' })
  })

  test('what to do with unknown deliveries: held unless told otherwise', () => {
    assert.deepEqual(unknownPolicy('on-unknown', 'hold'), { onUnknown: 'hold', resendAfterHours: null })
    assert.deepEqual(unknownPolicy('on-unknown', 'resend-after:6h'), {
      onUnknown: 'resend-after',
      resendAfterHours: 6,
    })
    assert.deepEqual(unknownPolicy('on-unknown', 'reenviar'), {
      onUnknown: 'resend-after',
      resendAfterHours: 24,
    })
    for (const text of ['resend', 'resend-after:0', 'resend-after:99999'])
      assert.throws(() => unknownPolicy('on-unknown', text), { code: 'BAD_CHOICE' })
    assert.equal(
      profileFrom(undefined, { host: 'smtp.example.com', from: 'a@example.com' }).onUnknown,
      'hold',
    )
  })
})

describe('presets of providers', () => {
  test('fill in what the provider is known for; what is typed wins', () => {
    const profile = profileFrom(undefined, { provider: 'm365', user: 'a@example.com', perMinute: 10 })
    const { host, connections, perMinute, perDay, maxRecipients, maxBytes } = profile
    assert.deepEqual(
      [host, connections, perMinute, perDay, maxRecipients, maxBytes],
      ['smtp.office365.com', 3, 10, 10_000, 50, 35 * 1024 ** 2],
    )
  })

  test('another provider lifts the limits of the one before, and leaves server and user', () => {
    const saved = smtpProfile({ host: 'relay.example.com', perMinute: 30, perDay: 10_000, connections: 3 })
    const { host, perMinute, perDay, connections, provider } = withLimits(saved, { provider: 'generic' })
    assert.deepEqual(
      [host, perMinute, perDay, connections, provider],
      ['relay.example.com', null, null, 1, 'generic'],
    )
  })

  test('generic has to be given a server', () => {
    assert.throws(() => profileFrom(undefined, { provider: 'generic', from: 'a@example.com' }), {
      code: 'BAD_PROFILE',
    })
  })

  test('every preset is one that a profile may have', () => {
    for (const provider of PROVIDER_NAMES) {
      const host = presetOf(provider).endpoint === null ? 'smtp.example.com' : undefined
      assert.equal(profileFrom(undefined, { provider, host, user: 'a@example.com' }).provider, provider)
    }
  })
})
