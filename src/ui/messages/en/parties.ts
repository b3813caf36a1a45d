import type { parties as es } from '../es/parties.ts'

/** Words for the kinds of party: customers, suppliers, employees and banks. */
export const parties: Record<keyof typeof es, string> = {
  'party.customer': 'customer',
  'party.supplier': 'supplier',
  'party.employee': 'employee',
  'party.bank': 'bank',
  'customers.kind': 'KIND',
  'party.kind': 'kind',
  'problem.bad-kind': 'it can be customer, supplier, employee or bank',
  'flag.customers.list.kind': 'Only those of this kind: customer, supplier, employee or bank',
  'flag.customers.search.kind': 'Only those of this kind: customer, supplier, employee or bank',
  'flag.customers.add.kind': 'Kind: customer (unless you say another), supplier, employee or bank',
  'flag.customers.set.kind': 'Kind: customer, supplier, employee or bank',
  'error.WRONG_PARTY': '{code} does not get documents of this kind.',
  'error.WRONG_PARTY.customer': '{code} is a customer and does not get documents of this kind.',
  'error.WRONG_PARTY.supplier': '{code} is a supplier and does not get documents of this kind.',
  'error.WRONG_PARTY.employee': '{code} is an employee and does not get documents of this kind.',
  'error.WRONG_PARTY.bank': '{code} is a bank and does not get documents of this kind.',
  'hint.WRONG_PARTY':
    'CFDI go to customers, purchase orders to suppliers. Change the kind with cfdi-mail customers set {code} --kind KIND',
}
