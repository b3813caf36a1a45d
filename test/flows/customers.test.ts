import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addContact, removeContact, setContact } from '../../src/core/flows/customer-contacts.ts'
import {
  addCustomer,
  explainCustomer,
  listCustomers,
  removeCustomers,
  setCustomer,
  showCustomer,
} from '../../src/core/flows/customers.ts'
import { CfdiMailError, type ErrorCode } from '../../src/core/model/errors.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import type { NewOrder } from '../../src/core/model/send-order.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { enqueueOrders } from '../../src/core/store/enqueue.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { storeCtx } from '../support/store-ctx.ts'

const KEMPER = { code: 'C00001', name: 'Escuela Kemper Urgate', rfc: 'EKU9003173C9', pointOfSale: false }

/** An expectation for assert.rejects: this code, and at least these params. */
function refusal(code: ErrorCode, params: Readonly<Record<string, unknown>> = {}) {
  return (error: unknown) => {
    assert.ok(error instanceof CfdiMailError, String(error))
    assert.equal(error.code, code)
    for (const [name, value] of Object.entries(params)) assert.equal(error.params[name], value, name)
    return true
  }
}

describe('adding a customer', () => {
  test('gives it the general packaging and shows who gets its mail', async (t) => {
    const ctx = await storeCtx(t)
    const added = await addCustomer(ctx, { ...KEMPER, code: ' c00001 ', email: 'Ana <ana@X.mx>' })
    assert.deepEqual(added, {
      kind: 'customer',
      partyKind: 'customer',
      code: 'C00001',
      name: 'Escuela Kemper Urgate',
      rfc: 'EKU9003173C9',
      email: 'ana@x.mx',
      billingEmail: '',
      packaging: { type: 'GRAL', addresses: [] },
      contacts: [],
      recipients: [{ address: 'ana@x.mx', rule: 'card-email' }],
      addendaFields: {},
      ...{
        mobile: '',
        channel: 'email',
        xmlBy: '',
        group: '',
        curp: '',
        employeeNumber: '',
        class: '',
        numbers: [],
      },
    })
    assert.deepEqual(await showCustomer(ctx, 'c00001'), added)
  })

  test('at a point of sale gives it the type of the settings', async (t) => {
    const ctx = await storeCtx(t, { settings: { ...DEFAULT_SETTINGS, posPackagingType: 'TIENDA' } })
    await savePackagingType(ctx.db, { ...GRAL, code: 'TIENDA' })
    const added = await addCustomer(ctx, { ...KEMPER, pointOfSale: true })
    assert.equal(added.packaging.type, 'TIENDA')
  })

  test('without a code takes the one after the highest of the series', async (t) => {
    const ctx = await storeCtx(t)
    for (const code of ['C00007', 'C20260101', 'MOSTRADOR']) await addCustomer(ctx, { ...KEMPER, code })
    const { code } = await addCustomer(ctx, { name: 'Otro', pointOfSale: false })
    assert.equal(code, 'C00008')
  })

  const refused = [
    ['a code that is taken, in any case', { code: 'c00009' }, 'CUSTOMER_EXISTS', { code: 'C00009' }],
    ['a code with spaces', { code: 'C 1' }, 'BAD_CUSTOMER', { field: 'code' }],
    ['an RFC of another form', { rfc: 'EKU90' }, 'BAD_CUSTOMER', { field: 'rfc', value: 'EKU90' }],
    ['a bad address', { email: 'a@b@c.mx' }, 'BAD_ADDRESS', { field: 'email', problem: 'several-at' }],
    ['a bad packaging entry', { packaging: 'GRAL,mal' }, 'BAD_PACKAGING_ENTRY', { part: 'mal', position: 2 }],
    ['an unknown packaging type', { packaging: 'NOHAY,a@x.mx' }, 'TYPE_NOT_FOUND', { code: 'NOHAY' }],
  ] as const
  for (const [what, fields, code, params] of refused) {
    test(`is refused for ${what}, and nothing is written`, async (t) => {
      const ctx = await storeCtx(t)
      await addCustomer(ctx, { ...KEMPER, code: 'C00009' })
      await assert.rejects(addCustomer(ctx, { ...KEMPER, ...fields }), refusal(code, params))
      const { customers } = await listCustomers(ctx)
      assert.deepEqual(
        customers.map((customer) => customer.code),
        ['C00009'],
      )
    })
  }

  test('takes control characters out of the name', async (t) => {
    const ctx = await storeCtx(t)
    const { name } = await addCustomer(ctx, { ...KEMPER, name: 'Kemper\r\nBcc: x\u0000\u202e' })
    assert.equal(name, 'Kemper Bcc: x')
  })
})

describe('changing a customer', () => {
  test('touches only the fields that are given and logs which changed', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, { ...KEMPER, email: 'ana@x.mx' })
    const changed = await setCustomer(ctx, 'c00001', { packaging: 'GRAL,a@x.mx,b@y.mx', name: undefined })
    assert.equal(changed.name, KEMPER.name)
    assert.deepEqual(changed.recipients, [
      { address: 'a@x.mx', rule: 'packaging-entry' },
      { address: 'b@y.mx', rule: 'packaging-entry' },
    ])
    const events = await listEvents(ctx.db, { customer: 'C00001' })
    assert.deepEqual(
      events.map((event) => [event.event, event.detail]),
      [
        ['customer-saved', 'new'],
        ['customer-saved', 'packaging'],
      ],
    )
  })

  test('empties a field with an empty text', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, { ...KEMPER, email: 'ana@x.mx', billingEmail: 'pagos@x.mx' })
    const changed = await setCustomer(ctx, 'C00001', { billingEmail: '' })
    assert.deepEqual(changed.recipients, [{ address: 'ana@x.mx', rule: 'card-email' }])
  })

  test('takes several addresses in one field', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, KEMPER)
    const changed = await setCustomer(ctx, 'C00001', { billingEmail: 'pagos@x.mx; Caja <caja@x.mx>' })
    assert.equal(changed.billingEmail, 'pagos@x.mx, caja@x.mx')
  })

  test('that makes no difference writes no event', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, KEMPER)
    await setCustomer(ctx, 'C00001', { rfc: 'eku-900317-3c9' })
    assert.equal((await listEvents(ctx.db, {})).length, 1)
  })

  test('is refused without a field, for a customer that is not there, and for an unknown type', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, KEMPER)
    await assert.rejects(setCustomer(ctx, 'C00001', {}), refusal('NOTHING_TO_CHANGE'))
    await assert.rejects(
      setCustomer(ctx, 'NADIE', { name: 'x' }),
      refusal('CUSTOMER_NOT_FOUND', { code: 'NADIE' }),
    )
    await assert.rejects(
      setCustomer(ctx, 'C00001', { packaging: 'X9' }),
      refusal('TYPE_NOT_FOUND', { code: 'X9' }),
    )
  })
})

describe('removing customers', () => {
  test('takes their contacts with them and is logged', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, KEMPER)
    await addContact(ctx, 'C00001', { email: 'ana@x.mx' })
    const done = await removeCustomers(ctx, ['c00001'])
    assert.deepEqual(done, { kind: 'done', action: 'removed', subject: 'customer', names: ['C00001'] })
    assert.deepEqual((await listCustomers(ctx)).customers, [])
    assert.equal((await listEvents(ctx.db, {})).at(-1)?.event, 'customer-removed')
    await addCustomer(ctx, KEMPER)
    assert.deepEqual((await showCustomer(ctx, 'C00001')).contacts, [])
  })

  test('waits until their orders are finished', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, KEMPER)
    await enqueueOrders(ctx.db, [orderFor('C00001')], 'once')
    await assert.rejects(
      removeCustomers(ctx, ['C00001']),
      refusal('CUSTOMER_IN_USE', { code: 'C00001', orders: 1 }),
    )
    await ctx.db.updateTable('delivery').set({ state: 'sent' }).execute()
    assert.deepEqual((await removeCustomers(ctx, ['C00001'])).names, ['C00001'])
  })

  test('removes all or none', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, KEMPER)
    await assert.rejects(removeCustomers(ctx, ['C00001', 'NADIE']), refusal('CUSTOMER_NOT_FOUND'))
    assert.equal((await listCustomers(ctx)).customers.length, 1)
  })
})

describe('searching', () => {
  test('finds by code, name, RFC and any address, without case or accents', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, {
      ...KEMPER,
      name: 'Ñandú del Río',
      email: 'Caratula@uno.mx',
      billingEmail: 'pagos@dos.mx',
    })
    await setCustomer(ctx, 'C00001', { packaging: 'GRAL,entrada@tres.mx' })
    await addContact(ctx, 'C00001', { email: 'ana@cuatro.mx' })
    await addCustomer(ctx, { code: 'X_1', name: 'Otro', pointOfSale: false })
    const found = async (text: string) =>
      (await listCustomers(ctx, { text })).customers.map((customer) => customer.code)
    for (const text of [
      'c0000',
      'nandu',
      'RIO',
      'eku9',
      'CARATULA@UNO',
      'pagos',
      'entrada@',
      'cuatro.mx',
      'del  río',
    ]) {
      assert.deepEqual(await found(text), ['C00001'], text)
    }
    assert.deepEqual(await found('_'), ['X_1'])
    assert.deepEqual(await found('%'), [])
    assert.deepEqual(await found(''), ['C00001', 'X_1'])
  })
})

describe('explaining', () => {
  test('row 103: names the rule of each address and why the others are not used', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, { ...KEMPER, email: 'caratula@x.mx' })
    await addContact(ctx, 'C00001', { name: 'Ana', email: 'ana@x.mx', getsInvoices: true })
    await addContact(ctx, 'C00001', { name: 'Luis', email: 'luis@x.mx' })
    const explained = await explainCustomer(ctx, 'C00001')
    assert.equal(explained.rule, 'contact')
    assert.deepEqual(
      explained.candidates.map(({ rule, address, used, why }) => [rule, address, used, why]),
      [
        ['contact', 'ana@x.mx', true, 'used'],
        ['contact', 'luis@x.mx', false, 'not-marked'],
        ['card-email', 'caratula@x.mx', false, 'earlier-rule'],
      ],
    )
  })

  test('agrees with the recipients when nothing is filled', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, KEMPER)
    const { rule, recipients, candidates } = await explainCustomer(ctx, 'C00001')
    assert.deepEqual([rule, recipients, candidates], ['none', [], []])
  })
})

describe('contacts', () => {
  test('are added without the mark, marked, renamed and removed by e-mail, name or number', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, { ...KEMPER, email: 'caratula@x.mx' })
    const added = await addContact(ctx, 'C00001', { name: 'Ana', email: 'ana@x.mx' })
    assert.deepEqual(added.recipients, [{ address: 'caratula@x.mx', rule: 'card-email' }])

    const marked = await setContact(ctx, { customer: 'C00001', contact: 'ANA@x.mx' }, { getsInvoices: true })
    assert.deepEqual(marked.recipients, [{ address: 'ana@x.mx', rule: 'contact' }])

    await addContact(ctx, 'C00001', { name: 'Luis', email: 'luis@x.mx' })
    const renamed = await setContact(ctx, { customer: 'C00001', contact: '2' }, { name: 'Luisa' })
    assert.deepEqual(renamed.contacts[1], { name: 'Luisa', email: 'luis@x.mx', getsInvoices: false })

    const left = await removeContact(ctx, 'C00001', 'luisa')
    assert.deepEqual(
      left.contacts.map((contact) => contact.email),
      ['ana@x.mx'],
    )
  })

  test('are refused when the address is bad or there, or the contact is not or not the only one', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, KEMPER)
    await addContact(ctx, 'C00001', { name: 'Ana', email: 'ana@x.mx' })
    await addContact(ctx, 'C00001', { name: 'Ana', email: 'ana@y.mx' })
    const which = (contact: string) => ({ customer: 'C00001', contact })
    await assert.rejects(addContact(ctx, 'C00001', { email: 'Ana@X.mx' }), refusal('CONTACT_EXISTS'))
    await assert.rejects(
      addContact(ctx, 'C00001', { email: '' }),
      refusal('BAD_ADDRESS', { problem: 'empty' }),
    )
    await assert.rejects(addContact(ctx, 'C00001', { email: 'a@x.mx,b@x.mx' }), refusal('BAD_ADDRESS'))
    await assert.rejects(setContact(ctx, which('Ana'), { name: 'Eva' }), refusal('CONTACT_AMBIGUOUS'))
    await assert.rejects(setContact(ctx, which('1'), {}), refusal('NOTHING_TO_CHANGE'))
    await assert.rejects(removeContact(ctx, 'C00001', '3'), refusal('CONTACT_NOT_FOUND', { contact: '3' }))
  })
})

function orderFor(customer: string): NewOrder {
  return {
    id: `ORDER-${customer}`,
    customer,
    customerName: '',
    type: 'GRAL',
    channel: 'email',
    profile: null,
    sender: null,
    messageId: `<${customer}@tests>`,
    createdAt: '2024-06-01T12:00:00.000Z',
    subject: '',
    text: '',
    html: null,
    sealed: null,
    documents: [],
    papers: [],
    attachments: [],
    deliveries: [{ address: 'ana@x.mx', rule: 'card-email', state: 'pending', heldReason: null }],
    resendOf: null,
    reason: null,
  }
}
