/** Words for the kinds of party: customers, suppliers, employees and banks. */
export const parties = {
  'party.customer': 'cliente',
  'party.supplier': 'proveedor',
  'party.employee': 'empleado',
  'party.bank': 'banco',
  'customers.kind': 'CLASE',
  'party.kind': 'clase',
  'problem.bad-kind': 'puede ser cliente, proveedor, empleado o banco',
  'flag.customers.list.kind': 'Solo los de esta clase: cliente, proveedor, empleado o banco',
  'flag.customers.search.kind': 'Solo los de esta clase: cliente, proveedor, empleado o banco',
  'flag.customers.add.kind': 'Clase: cliente (si no se dice otra), proveedor, empleado o banco',
  'flag.customers.set.kind': 'Clase: cliente, proveedor, empleado o banco',
  'error.WRONG_PARTY': '{code} no recibe esta clase de documentos.',
  'error.WRONG_PARTY.customer': '{code} es un cliente y no recibe esta clase de documentos.',
  'error.WRONG_PARTY.supplier': '{code} es un proveedor y no recibe esta clase de documentos.',
  'error.WRONG_PARTY.employee': '{code} es un empleado y no recibe esta clase de documentos.',
  'error.WRONG_PARTY.bank': '{code} es un banco y no recibe esta clase de documentos.',
  'hint.WRONG_PARTY':
    'Los CFDI se envían a clientes; las órdenes de compra, a proveedores. La clase se cambia con cfdi-mail clientes cambiar {code} --clase CLASE',
} as const
