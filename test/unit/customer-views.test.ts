import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkCustomers } from '../../src/core/model/customer-check.ts'
import { explain } from '../../src/core/model/customer-explain.ts'
import { type Customer, recipientsOf } from '../../src/core/model/customer.ts'
import type { CustomersImportedResult, CustomerView } from '../../src/core/model/results/customers.ts'
import { LANGUAGES } from '../../src/ui/messages/translate.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import {
  customersCheckedView,
  customersImportedView,
  explainedView,
} from '../../src/ui/views/customer-reports.ts'
import { customersView, customerView } from '../../src/ui/views/customers.ts'
import { explainedSettingLines } from '../../src/ui/views/document-settings.ts'

const CUSTOMER: Customer = {
  code: 'C00001',
  kind: 'customer',
  name: 'UNIVERSIDAD ROBOTICA ESPAÑOLA DE LOS ESTADOS UNIDOS MEXICANOS\u001b]0;x\u0007',
  rfc: 'URE180429TM6',
  email: 'caratula@hotmial.com',
  billingEmail: '',
  packaging: { type: 'GRAL', addresses: ['a@x.mx', 'cuentas.por.pagar.matriz@universidad.edu.mx'] },
  contacts: [
    { name: 'Ana López', email: 'ana@x.mx', getsInvoices: true },
    { name: 'Luis', email: 'luis@x.mx', getsInvoices: false },
  ],
}
const SEEN: CustomerView = {
  ...CUSTOMER,
  ...{ partyKind: CUSTOMER.kind, recipients: recipientsOf(CUSTOMER) },
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
}
const IMPORTED: CustomersImportedResult = {
  kind: 'customers-imported',
  needsPerson: true,
  dryRun: true,
  created: ['C2', 'C3'],
  updated: [],
  unchanged: ['C1'],
  left: ['C4'],
  rejected: [
    { line: 7, code: 'C9', field: 'email', value: 'mal\u001b[2J', problem: 'no-at' },
    { line: 7, code: 'C9', field: 'billingEmail', value: 'x', problem: 'no-at' },
  ],
  ignoredColumns: ['Teléfono\u001b[2J'],
  needAddress: Array.from({ length: 50 }, (_, i) => ({
    code: `C${i}`,
    rfc: 'XAXX010101000',
    name: 'N'.repeat(90),
  })),
}

const SETTINGS = [
  {
    ...({ kind: 'R', customerClass: 'MAYOREO DEL NORTE' } as const),
    enabled: { value: false, from: 'everybody' },
    automatic: { value: false, from: 'class' },
    subject: { from: 'class', text: `Su comprobante\u001b[2J ${'x'.repeat(90)}`, template: null },
    body: { from: 'type', text: `Hola:\n${'y'.repeat(90)}`, template: null },
  },
  {
    ...({ kind: 'purchase-order', customerClass: '' } as const),
    enabled: { value: true, from: 'usual' },
    automatic: { value: true, from: 'usual' },
    subject: { from: 'template', text: null, template: 'purchase-order' },
    body: { from: 'everybody', text: 'Va', template: null },
  },
] as const

for (const language of LANGUAGES) {
  const context = makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' })
  const views = {
    show: customerView({ ...SEEN, kind: 'customer', addendaFields: { 'tienda\u001b[2J': '255' } }, context),
    list: customersView({ kind: 'customers', customers: [SEEN, { ...SEEN, recipients: [] }] }, context),
    imported: customersImportedView(IMPORTED, context),
    explained: explainedView(explain(CUSTOMER), context),
    settings: explainedSettingLines(SETTINGS, context).join('\n'),
    checked: customersCheckedView(
      {
        kind: 'customers-checked',
        needsPerson: true,
        customers: 1,
        findings: checkCustomers([CUSTOMER], []),
      },
      context,
    ),
  }

  describe(`what is shown of customers in ${language}`, () => {
    for (const [name, text] of Object.entries(views)) {
      test(`${name} leaves no hole open and lets no control character through`, () => {
        assert.doesNotMatch(text, /\{\w+\}|undefined/)
        assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}/u)
      })
    }

    test('tables and lists fit 80 columns', () => {
      for (const line of [views.list, views.imported, views.checked, views.settings].join('\n').split('\n')) {
        assert.ok(line.length <= 80, line)
      }
    })

    test('a customer is shown with the addresses that are used, and the rule', () => {
      const end = views.show.slice(views.show.lastIndexOf('('))
      assert.match(end, language === 'es' ? /^\(empaquetado\)/ : /^\(packaging entry\)/)
      assert.match(end, /a@x\.mx\n.*cuentas\.por\.pagar\.matriz@universidad\.edu\.mx$/)
    })

    test('an explanation marks exactly the addresses that are used', () => {
      assert.equal(views.explained.match(/✓/gu)?.length, 2)
      assert.equal(views.explained.match(/^·/gmu)?.length, 3)
    })

    test('a long list is cut and says how many are left', () => {
      assert.equal(views.imported.match(/XAXX010101000/g)?.length, 40)
      assert.match(views.imported, /… .*10/)
    })

    test('an import counts the rows that were rejected, not what is wrong with them', () => {
      assert.match(views.imported, language === 'es' ? /Rechazados: 1$/m : /Rejected: 1$/m)
    })

    test('a check shows what was probably meant', () => {
      assert.match(views.checked, /caratula@hotmial\.com: .*caratula@hotmail\.com/)
    })
  })
}
