import { documentMail, FISCAL_FOLIO, FOLIO, ISSUED, RECEIVER } from './one-document.ts'

const CUSTOMER = 'Estimado cliente {{customerName}}:'

export const INVOICE = documentMail({
  article: 'la factura',
  amount: { caption: 'Total' },
  greeting: CUSTOMER,
  rows: [
    FOLIO,
    ISSUED,
    { label: 'Método de pago', field: 'paymentMethod' },
    { label: 'Forma de pago', field: 'paymentForm' },
    RECEIVER,
    FISCAL_FOLIO,
  ],
})

export const CREDIT_NOTE = documentMail({
  article: 'la nota de crédito',
  amount: { caption: 'Total a su favor' },
  greeting: CUSTOMER,
  rows: [FOLIO, ISSUED, RECEIVER, FISCAL_FOLIO],
})

export const PAYMENT = documentMail({
  article: 'el complemento de pago',
  amount: { caption: 'Pago recibido' },
  greeting: CUSTOMER,
  rows: [
    FOLIO,
    { label: 'Fecha de pago', field: 'paidOn' },
    { label: 'Forma de pago', field: 'paymentForm' },
    ISSUED,
    RECEIVER,
    FISCAL_FOLIO,
  ],
  paid: 'listed',
})

export const WAYBILL = documentMail({
  article: 'el comprobante de traslado',
  amount: null,
  greeting: CUSTOMER,
  rows: [FOLIO, ISSUED, RECEIVER, FISCAL_FOLIO],
})

export const PAYROLL = documentMail({
  article: 'el recibo de nómina',
  // What somebody earns is in the document; a mail is read over shoulders and on locked screens.
  amount: null,
  greeting: 'Estimado colaborador {{receiverName}}:',
  rows: [FOLIO, ISSUED, { label: 'Trabajador', field: 'receiverName' }, FISCAL_FOLIO],
})

export const WITHHOLDINGS = documentMail({
  article: 'la constancia de retenciones',
  amount: { caption: 'Monto total de la operación' },
  greeting: 'Estimado contribuyente {{receiverName}}:',
  rows: [FOLIO, ISSUED, RECEIVER, FISCAL_FOLIO],
})
