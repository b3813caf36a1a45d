import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { longDate } from '../../../src/core/message/dates.ts'
import { amountOf } from '../../../src/core/message/document-text.ts'
import { formatMoney, isZero } from '../../../src/core/message/money.ts'
import { sumDecimals } from '../../../src/core/model/decimal.ts'
import { head, payment } from '../../support/heads.ts'

const AMOUNTS: readonly (readonly [amount: string, currency: string, shown: string])[] = [
  ['1160.00', 'MXN', '$1,160.00 MXN'],
  ['1234567.5', 'MXN', '$1,234,567.50 MXN'],
  ['0', 'MXN', '$0.00 MXN'],
  ['999', 'USD', '$999.00 USD'],
  ['2010.000000', 'MXN', '$2,010.00 MXN'],
  ['10.123456', 'MXN', '$10.123456 MXN'],
  ['123456789012345678.01', 'MXN', '$123,456,789,012,345,678.01 MXN'],
  ['1500', 'JPY', '¥1,500 JPY'],
  ['1500.00', 'JPY', '¥1,500 JPY'],
  ['-5.5', 'MXN', '-$5.50 MXN'],
  ['007.10', 'EUR', '€7.10 EUR'],
  ['10', 'Pesos', '$10.00 MXN'],
  ['10', 'M.N.', '$10.00 MXN'],
  ['10', '', '$10.00'],
  ['10', 'CHF', '10.00 CHF'],
  ['diez', 'MXN', 'diez MXN'],
]

describe('amounts', () => {
  for (const [amount, currency, shown] of AMOUNTS) {
    test(`${amount} ${currency} is shown as ${shown}`, () =>
      assert.equal(formatMoney(amount, currency), shown))
  }

  test('a sum of decimal texts is exact', () => {
    assert.equal(sumDecimals(['0.1', '0.2', '0.30']), '0.60')
    assert.equal(sumDecimals(['99999999999999999.99', '0.01']), '100000000000000000.00')
    assert.equal(sumDecimals(['1', '-1.5']), '-0.5')
    assert.equal(sumDecimals(['1', 'x']), null)
  })

  test('only digits of nothing are zero', () => {
    assert.deepEqual(['0', '0.00', '000', '0.01', '', '.'].map(isZero), [
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})

describe('what a document amounts to', () => {
  test('a payment amounts to what was paid, never to its own Total of 0', () => {
    assert.equal(
      amountOf(
        payment(
          [
            ['580.00', 'USD'],
            ['20.5', 'USD'],
          ],
          '11600.00',
        ),
      ).text,
      '$600.50 USD',
    )
  })

  test('payments in two currencies amount to the total in pesos', () => {
    assert.equal(
      amountOf(
        payment(
          [
            ['100', 'USD'],
            ['50', 'MXN'],
          ],
          '1750.00',
        ),
      ).text,
      '$1,750.00 MXN',
    )
  })

  test('payments in two currencies without a total are listed', () => {
    const amount = amountOf(
      payment(
        [
          ['100', 'USD'],
          ['50', 'MXN'],
        ],
        null,
      ),
    )
    assert.deepEqual(amount, { amount: '', currency: '', text: '$100.00 USD + $50.00 MXN' })
  })

  test('a payment complement without payments says nothing rather than 0', () => {
    assert.equal(amountOf(payment([], null)).text, '')
  })

  test('a Traslado has no amount', () => {
    assert.equal(amountOf(head({ kind: 'T', total: '0', currency: 'XXX' })).text, '')
  })
})

test('a date is read as text, so that no zone moves it to another day', () => {
  assert.equal(longDate('2024-05-20T23:59:59'), '20 de mayo de 2024')
  assert.equal(longDate('2018-01-01T00:00:00-06:00'), '1 de enero de 2018')
  assert.equal(longDate('ayer'), 'ayer')
  assert.equal(longDate('2024-05-20T23:59:59', 'en'), '20 May 2024')
})
