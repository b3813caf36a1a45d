import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cleanLine } from '../../../src/core/model/clean.ts'
import {
  type Customer,
  foldName,
  isGenericRfc,
  normalRfc,
  recipientsOf,
  validCustomerCode,
  validRfc,
} from '../../../src/core/model/customer.ts'
import { formatContacts, parseContacts } from '../../../src/core/model/contacts.ts'
import { CfdiMailError } from '../../../src/core/model/errors.ts'
import { formatPackagingEntry, parsePackagingEntry } from '../../../src/core/model/packaging-entry.ts'

const NOBODY: Customer = {
  code: 'C00001',
  kind: 'customer',
  name: 'Escuela Kemper Urgate',
  rfc: 'EKU9003173C9',
  email: '',
  billingEmail: '',
  packaging: { type: 'GRAL', addresses: [] },
  contacts: [],
}
const ENTRY = { type: 'GRAL', addresses: ['entrada@x.mx'] }
const MARKED = { name: 'Ana', email: 'contacto@x.mx', getsInvoices: true }
const UNMARKED = { name: 'Luis', email: 'otro@x.mx', getsInvoices: false }

describe('recipientsOf', () => {
  const table: readonly (readonly [string, Partial<Customer>, readonly string[]])[] = [
    ['nobody when nothing is filled', {}, []],
    ['the card e-mail as the last resort', { email: 'caratula@x.mx' }, ['card-email caratula@x.mx']],
    [
      'the marked contacts before the card',
      { email: 'caratula@x.mx', contacts: [MARKED] },
      ['contact contacto@x.mx'],
    ],
    [
      'the card when no contact is marked',
      { email: 'caratula@x.mx', contacts: [UNMARKED] },
      ['card-email caratula@x.mx'],
    ],
    [
      'only the marked ones of the contacts',
      { contacts: [UNMARKED, MARKED, { ...MARKED, email: 'dos@x.mx' }] },
      ['contact contacto@x.mx', 'contact dos@x.mx'],
    ],
    [
      'the card when the marked contact has no address',
      { email: 'caratula@x.mx', contacts: [{ ...MARKED, email: '' }] },
      ['card-email caratula@x.mx'],
    ],
    [
      'the packaging entry before contacts and card',
      { email: 'caratula@x.mx', contacts: [MARKED], packaging: ENTRY },
      ['packaging-entry entrada@x.mx'],
    ],
    [
      'only the billing e-mail when it is filled',
      { email: 'caratula@x.mx', contacts: [MARKED], packaging: ENTRY, billingEmail: 'pagos@x.mx' },
      ['billing-email pagos@x.mx'],
    ],
    [
      'each address of a field that holds several, once',
      { billingEmail: 'pagos@x.mx; Caja <caja@x.mx>, PAGOS@x.mx' },
      ['billing-email pagos@x.mx', 'billing-email caja@x.mx'],
    ],
    [
      'nobody else when the filled rule has no valid address',
      { email: 'caratula@x.mx', billingEmail: 'mal' },
      [],
    ],
    [
      'the card when the billing e-mail is blank',
      { email: 'caratula@x.mx', billingEmail: '  ' },
      ['card-email caratula@x.mx'],
    ],
  ]
  for (const [says, fields, expected] of table) {
    test(`gives ${says}`, () => {
      const recipients = recipientsOf({ ...NOBODY, ...fields })
      assert.deepEqual(
        recipients.map((recipient) => `${recipient.rule} ${recipient.address}`),
        expected,
      )
    })
  }
})

describe('rows 99 and 100: parsePackagingEntry', () => {
  const entries: readonly (readonly [string, string])[] = [
    ['', 'GRAL'],
    ['GRAL', 'GRAL'],
    ['gral', 'GRAL'],
    ['GRAL,a@x.mx,b@y.mx', 'GRAL,a@x.mx,b@y.mx'],
    [' liverpool ; a@x.mx ; b@y.mx', 'LIVERPOOL,a@x.mx,b@y.mx'],
    ['a@x.mx,b@y.mx', 'GRAL,a@x.mx,b@y.mx'],
    ['GRAL a@x.mx b@y.mx', 'GRAL,a@x.mx,b@y.mx'],
    ['GRAL\na@x.mx\n', 'GRAL,a@x.mx'],
    ['GRAL,Ana <a@x.mx>,"López, Luis" <b@y.mx>', 'GRAL,a@x.mx,b@y.mx'],
    ['Ana López <a@x.mx>', 'GRAL,a@x.mx'],
    ['GRAL,a@x.mx,A@X.MX,a@x.mx', 'GRAL,a@x.mx'],
    ['GRAL,,a@x.mx,', 'GRAL,a@x.mx'],
    ['POS_1-B,a@x.mx', 'POS_1-B,a@x.mx'],
  ]
  for (const [text, formatted] of entries) {
    test(`reads ${JSON.stringify(text)} as ${formatted}`, () => {
      assert.equal(formatPackagingEntry(parsePackagingEntry(text)), formatted)
    })
  }

  const bad: readonly (readonly [string, object])[] = [
    ['GRAL,a@x.mx,mal,b@y.mx', { part: 'mal', position: 3, column: 13, problem: 'no-at' }],
    ['a@x.mx, b@', { part: 'b@', position: 2, column: 9, problem: 'domain' }],
    ['GRAL,"a@evil.mx x"@ok.mx', { part: '"a@evil.mx x"@ok.mx', position: 2, column: 6, problem: 'quoted' }],
    ['GRAL A,a@x.mx', { part: 'GRAL A', position: 1, column: 1, problem: 'type-code' }],
    ['ÑANDÚ', { part: 'ÑANDÚ', position: 1, column: 1, problem: 'type-code' }],
    [`${'A'.repeat(21)},a@x.mx`, { part: 'A'.repeat(21), position: 1, column: 1, problem: 'type-code' }],
  ]
  for (const [text, params] of bad) {
    test(`refuses ${JSON.stringify(text)} and says which part`, () => {
      assert.throws(
        () => parsePackagingEntry(text),
        (error) => {
          assert.ok(error instanceof CfdiMailError)
          assert.equal(error.code, 'BAD_PACKAGING_ENTRY')
          assert.deepEqual(error.params, { text, ...params })
          return true
        },
      )
    })
  }
})

describe('names, codes and RFC', () => {
  test('a name is folded to lower case without accents and repeated spaces', () => {
    assert.equal(foldName('  ÑANDÚ  del\tSUR '), 'nandu del sur')
  })

  test('control, bidirectional and line separator characters leave a stored text', () => {
    assert.equal(cleanLine('A\u0000B\r\nC\u001b]0;x\u0007\u202e D\u2028E'), 'A B C ]0;x D E')
  })

  test('a code has 1 to 30 visible characters without spaces or commas', () => {
    const codes = [
      'C00001',
      'A',
      'Ñ/1.2',
      'X'.repeat(30),
      '',
      'X'.repeat(31),
      'A B',
      'A,B',
      '?',
      '-A',
      'A\u0007',
    ]
    assert.deepEqual(codes.map(validCustomerCode), [true, true, true, true, ...Array<boolean>(7).fill(false)])
  })

  for (const rfc of [
    'EKU9003173C9',
    'eku-900317-3c9',
    'CACX7605101P8',
    'XAXX010101000',
    'Ñ&A000229AA1',
    'ABC680524P76',
  ]) {
    test(`${rfc} is an RFC`, () => assert.equal(validRfc(rfc), true))
  }
  for (const rfc of [
    '',
    'EKU900317',
    'EKU9013173C9',
    'EKU9002303C9',
    'EKU9003003C9',
    'EK9003173C9',
    'EKUAA9003173C9',
    'EKU9003173C',
  ]) {
    test(`${JSON.stringify(rfc)} is no RFC`, () => assert.equal(validRfc(rfc), false))
  }

  test('the normal form is in upper case without separators', () => {
    assert.equal(normalRfc(' eku-900317 3c9'), 'EKU9003173C9')
  })

  test('the two RFC that everybody shares are told apart', () => {
    assert.deepEqual(['XAXX010101000', 'XEXX010101000', 'EKU9003173C9'].map(isGenericRfc), [
      true,
      true,
      false,
    ])
  })
})

describe('contacts of a table', () => {
  const cells: readonly (readonly [string, string])[] = [
    ['', ''],
    ['Ana <a@x.mx>; Luis <l@x.mx> (no)', 'Ana <a@x.mx>; Luis <l@x.mx> (no)'],
    ['a@x.mx, b@x.mx (NO)\nEva (compras) <c@x.mx>(sí)', '<a@x.mx>; <b@x.mx> (no); Eva (compras) <c@x.mx>'],
    ['"López, Ana" <a@x.mx>', 'López Ana <a@x.mx>'],
    ['(no) a@x.mx', '<a@x.mx>'],
  ]
  for (const [cell, formatted] of cells) {
    test(`${JSON.stringify(cell)} is written back as ${JSON.stringify(formatted)}`, () => {
      const contacts = parseContacts(cell)
      assert.equal(formatContacts(contacts), formatted)
      assert.deepEqual(parseContacts(formatted), contacts)
    })
  }

  test('one with a bad address is refused', () => {
    assert.throws(() => parseContacts('Ana <a@x>'), { code: 'BAD_ADDRESS' })
  })
})
