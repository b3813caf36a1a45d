import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { addCustomer, explainCustomer, setCustomer } from '../../src/core/flows/customers.ts'
import { packageArrived } from '../../src/core/flows/package-arrived.ts'
import { packageCfdis, type PackageRequest } from '../../src/core/flows/package-cfdis.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import type { CustomerFields } from '../../src/core/model/customer-fields.ts'
import { GRAL, NOMINA } from '../../src/core/model/packaging-type.ts'
import type { Period } from '../../src/core/model/period.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import type { CfdiOptions } from '../support/cfdi-factory.ts'
import { folderWith, INVOICE, NOTHING } from '../support/packaging.ts'
import { INGRID, MIGUEL, payrollHouse, payrollOf } from '../support/payroll.ts'

const LISTS: CustomerFields = {
  billingEmail: 'rh@empresa.example',
  packaging: 'NOMINA,jefe@empresa.example,contador@empresa.example',
  contacts: [{ name: 'Jefe', email: 'jefe@empresa.example', getsInvoices: true }],
}

interface Asked {
  readonly ctx: Ctx
  readonly more?: Partial<PackageRequest>
}

async function packaged(t: TestContext, { ctx, more = {} }: Asked, documents: readonly CfdiOptions[]) {
  const sources = [
    await folderWith(
      t,
      documents.map((cfdi) => ({ cfdi })),
    ),
  ]
  return await packageCfdis(ctx, { ...NOTHING, sources, ...more })
}

async function reasons(t: TestContext, asked: Asked, documents: readonly CfdiOptions[]) {
  const { documents: found } = await packaged(t, asked, documents)
  return found.map(({ customer, reason, detail }) => [customer, reason, detail])
}

function addressesOf({ orders }: Awaited<ReturnType<typeof packaged>>) {
  return orders.map(({ customer, recipients }) => [customer, recipients.map(({ address }) => address)])
}

describe('payroll', () => {
  test('goes to the employee of its RFC, whose type is NOMINA, and to that address alone', async (t) => {
    const { ctx } = await payrollHouse(t, [{ ...INGRID, ...LISTS }])
    await addCustomer(ctx, {
      pointOfSale: false,
      name: 'Ingrid',
      rfc: INGRID.rfc,
      email: 'tienda@ingrid.example',
    })
    const result = await packaged(t, { ctx, more: { clients: ['E00001'] } }, [payrollOf(INGRID, '1')])
    assert.deepEqual(addressesOf(result), [['E00001', ['ingrid@correo.example']]])
    const { candidates } = await explainCustomer(ctx, 'E00001')
    assert.deepEqual(
      candidates.map(({ address, why }) => [address, why]),
      [
        ['rh@empresa.example', 'not-own'],
        ['jefe@empresa.example', 'not-own'],
        ['contador@empresa.example', 'not-own'],
        ['jefe@empresa.example', 'not-own'],
        ['ingrid@correo.example', 'used'],
      ],
    )
  })

  test('goes out one by one or in bulk by period, and grouping joins one employee only', async (t) => {
    const { ctx } = await payrollHouse(t)
    const documents = [
      payrollOf(INGRID, '1', { issuedAt: '2026-10-15T10:00:00' }),
      payrollOf(INGRID, '2', { issuedAt: '2026-10-31T10:00:00' }),
      payrollOf(MIGUEL, '3', { issuedAt: '2026-10-31T10:00:00' }),
      payrollOf(MIGUEL, '4', { issuedAt: '2026-11-15T10:00:00' }),
    ]
    const period = { from: '2026-10-01', to: '2026-10-31' }
    const one = await packaged(t, { ctx, more: { clients: ['e00001'], period, mode: 'dry-run' } }, documents)
    assert.deepEqual(
      one.orders.map(({ customer }) => customer),
      ['E00001', 'E00001'],
    )
    const { orders } = await packaged(
      t,
      { ctx, more: { period, kinds: ['N'], grouping: 'customer' } },
      documents,
    )
    assert.deepEqual(orders.map(({ customer, documents }) => [customer, documents.length]).sort(), [
      ['E00001', 2],
      ['E00002', 1],
    ])
  })

  test('in bulk by date of payment or pay period is chosen by what the complement says, whenever it was issued', async (t) => {
    const { ctx } = await payrollHouse(t)
    const november = { issuedAt: '2026-11-05T10:00:00' }
    const late = (folio: string, payroll: object) => payrollOf(INGRID, folio, { ...november, payroll })
    const fortnight = { paidOn: '2026-10-30', from: '2026-10-16', to: '2026-10-31' }
    const documents = [
      late('1', fortnight),
      late('2', { ...fortnight, paidOn: '2026-11-03' }),
      late('3', { ...fortnight, from: '2026-10-27', to: '2026-11-02' }),
      { ...INVOICE, issuedAt: '2026-10-10T10:00:00' },
    ]
    const october = { from: '2026-10-01', to: '2026-10-31' }
    const chosen = async (periodOf: PackageRequest['periodOf'], period: Period = october) =>
      (await packaged(t, { ctx, more: { period, periodOf, mode: 'dry-run' } }, documents)).documents.map(
        ({ folio }) => folio,
      )
    assert.deepEqual(await chosen('paid'), ['1', '3'])
    assert.deepEqual(await chosen('pay-period'), ['1', '2'])
    assert.deepEqual(await chosen(undefined), [INVOICE.folio])
    // A document without that date is in no such period, however open.
    assert.deepEqual(await chosen('paid', { from: null, to: '2026-12-31' }), ['1', '2', '3'])
  })

  test('is told apart by CURP and employee number where an RFC is several employees’', async (t) => {
    const twin = { ...MIGUEL, code: 'E00003', rfc: INGRID.rfc, employeeNumber: '7' }
    const { ctx } = await payrollHouse(t, [INGRID, twin])
    const its = payrollOf({ ...twin, employeeNumber: '007' }, '1')
    assert.deepEqual(addressesOf(await packaged(t, { ctx }, [its])), [['E00003', ['miguel@correo.example']]])
    // Naming the other one gives her nothing of it.
    assert.deepEqual(await reasons(t, { ctx, more: { clients: ['E00001'] } }, [payrollOf(twin, '2')]), [])
    const nobodys = payrollOf({ ...INGRID, curp: undefined, employeeNumber: undefined }, '3')
    const doubt = [[null, 'ambiguous-employee', 'E00001, E00003']]
    assert.deepEqual(await reasons(t, { ctx, more: { clients: ['E00001'] } }, [nobodys]), doubt)
    assert.deepEqual(await reasons(t, { ctx }, [nobodys]), doubt)
    const strangers = payrollOf({ ...INGRID, curp: 'XOJI740919MDFDMN18', employeeNumber: '99' }, '4')
    assert.deepEqual(await reasons(t, { ctx }, [strangers]), [[null, 'other-employee', 'E00001, E00003']])
  })

  test('stays where the address is not surely the employee’s own', async (t) => {
    const { ctx } = await payrollHouse(t, [
      { ...INGRID, email: 'ingrid@correo.example, casa@correo.example' },
      { ...MIGUEL, email: 'planta@empresa.example' },
      { ...MIGUEL, code: 'E00003', rfc: 'FUNK671228PH6', email: 'PLANTA@empresa.example' },
    ])
    assert.deepEqual(await reasons(t, { ctx }, [payrollOf(INGRID, '1'), payrollOf(MIGUEL, '2')]), [
      ['E00002', 'shared-address', 'planta@empresa.example: E00003'],
      ['E00001', 'several-addresses', 'E00001: ingrid@correo.example, casa@correo.example'],
    ])
  })

  // Two people of one RFC, one of them by a slip: the one address that both have was taken for one person's.
  test('of one of two with the same RFC and different CURPs does not go to an address that both have', async (t) => {
    const twin = { ...INGRID, code: 'E00003', curp: 'XOJI740919MDFDMN18', employeeNumber: '43' }
    const { ctx } = await payrollHouse(t, [INGRID, twin])
    const shared = [['E00001', 'shared-address', 'ingrid@correo.example: E00003']]
    assert.deepEqual(await reasons(t, { ctx }, [payrollOf(INGRID, '1')]), shared)
    await setCustomer(ctx, 'E00003', { curp: '' })
    assert.deepEqual(await reasons(t, { ctx }, [payrollOf(INGRID, '2')]), [['E00001', null, '']])
  })

  test('of nobody known, or of a customer only, stays too; an invoice to an employee’s RFC goes to the customer', async (t) => {
    const { ctx } = await payrollHouse(t)
    await savePackagingType(ctx.db, { ...GRAL, kinds: ['I', 'N'] })
    const URE = { rfc: 'URE180429TM6', name: 'UNIVERSIDAD ROBOTICA ESPAÑOLA' }
    assert.deepEqual(await reasons(t, { ctx }, [payrollOf(URE, '1')]), [
      [null, 'no-employee', `${URE.rfc} ${URE.name}`],
    ])
    assert.deepEqual(await reasons(t, { ctx }, [{ ...INVOICE, receiverRfc: INGRID.rfc }]), [
      [null, 'no-customer', `${INGRID.rfc} UNIVERSIDAD ROBOTICA ESPAÑOLA`],
    ])
  })

  test('waits for an address, is found by watch, and a kind that changes changes the general type', async (t) => {
    const { ctx } = await payrollHouse(t, [{ ...INGRID, email: '' }])
    const sources = [await folderWith(t, [{ cfdi: payrollOf(INGRID, '1') }])]
    const patience = { settle: 0, wait: 0 }
    const { result } = await packageArrived(ctx, {
      sources,
      places: null,
      from: null,
      patience,
      sightings: null,
    })
    assert.deepEqual(
      result.orders.map(({ customer, state }) => [customer, state]),
      [['E00001', 'held']],
    )
    assert.equal((await setCustomer(ctx, 'E00001', { kind: 'cliente' })).packaging.type, GRAL.code)
    assert.equal((await setCustomer(ctx, 'E00001', { kind: 'empleado' })).packaging.type, NOMINA.code)
  })
})
