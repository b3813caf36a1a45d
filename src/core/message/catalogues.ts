/** SAT catalogues that a mail quotes: c_FormaPago and c_MetodoPago of Anexo 20. */

const PAYMENT_FORMS: Readonly<Record<string, string>> = {
  '01': 'Efectivo',
  '02': 'Cheque nominativo',
  '03': 'Transferencia electrónica de fondos',
  '04': 'Tarjeta de crédito',
  '05': 'Monedero electrónico',
  '06': 'Dinero electrónico',
  '08': 'Vales de despensa',
  '12': 'Dación en pago',
  '13': 'Pago por subrogación',
  '14': 'Pago por consignación',
  '15': 'Condonación',
  '17': 'Compensación',
  '23': 'Novación',
  '24': 'Confusión',
  '25': 'Remisión de deuda',
  '26': 'Prescripción o caducidad',
  '27': 'A satisfacción del acreedor',
  '28': 'Tarjeta de débito',
  '29': 'Tarjeta de servicios',
  '30': 'Aplicación de anticipos',
  '31': 'Intermediario pagos',
  '99': 'Por definir',
}

const PAYMENT_METHODS: Readonly<Record<string, string>> = {
  PUE: 'Pago en una sola exhibición',
  PPD: 'Pago en parcialidades o diferido',
}

/** `03` → `03 Transferencia electrónica de fondos`. Another text (CFDI 3.2 has free text) comes back as it is; null gives ''. */
export function paymentFormText(code: string | null): string {
  return withText(code, PAYMENT_FORMS)
}

/** `PUE` → `PUE Pago en una sola exhibición`, as `paymentFormText`. */
export function paymentMethodText(code: string | null): string {
  return withText(code, PAYMENT_METHODS)
}

function withText(code: string | null, catalogue: Readonly<Record<string, string>>): string {
  if (code === null) return ''
  const text = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined
  return text === undefined ? code : `${code} ${text}`
}
