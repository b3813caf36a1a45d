/** Small documents for the reader's tests, each part replaceable. Test RFCs of the SAT only. */

export const UUID = '5f1a3c80-9b7d-4e2a-8c11-0123456789ab'
export const SEAL = 'c2VsbG8+ZGU/cHJ1ZWJh/+12345678=='

export const TFD_URI = 'http://www.sat.gob.mx/TimbreFiscalDigital'
export const CFDI_URI = 'http://www.sat.gob.mx/cfd/4'

/** Attributes as text; null leaves one out. */
type Attributes = Readonly<Record<string, string | null>>

export function attributes(values: Attributes): string {
  return Object.entries(values)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${value}"`))
    .join('')
}

export function stamp(changes: Attributes = {}): string {
  const values = {
    'xmlns:tfd': TFD_URI,
    Version: '1.1',
    UUID,
    FechaTimbrado: '2024-05-20T10:15:33',
    RfcProvCertif: 'SPR190613I52',
    SelloCFD: SEAL,
    NoCertificadoSAT: '30001000000500003456',
    ...changes,
  }
  return `<tfd:TimbreFiscalDigital${attributes(values)}/>`
}

interface Parts {
  readonly root?: Attributes
  readonly issuer?: string
  readonly receiver?: string
  readonly body?: string
  readonly complement?: string
  readonly tail?: string
}

/** A stamped CFDI 4.0 of type I, one line, 116.00 MXN. */
export function cfdi40(parts: Parts = {}): string {
  const root = {
    'xmlns:cfdi': CFDI_URI,
    Version: '4.0',
    Serie: 'A',
    Folio: '000123',
    Fecha: '2024-05-20T10:15:30',
    Sello: SEAL,
    FormaPago: '03',
    NoCertificado: '30001000000500003416',
    SubTotal: '100.00',
    Moneda: 'MXN',
    Total: '116.00',
    TipoDeComprobante: 'I',
    MetodoPago: 'PUE',
    LugarExpedicion: '20000',
    ...parts.root,
  }
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<cfdi:Comprobante${attributes(root)}>` +
    (parts.issuer ?? '<cfdi:Emisor Rfc="EKU9003173C9" Nombre="ESCUELA KEMPER URGATE"/>') +
    (parts.receiver ?? '<cfdi:Receptor Rfc="XAXX010101000" Nombre="PUBLICO EN GENERAL" UsoCFDI="S01"/>') +
    (parts.body ?? '<cfdi:Conceptos><cfdi:Concepto Importe="100.00"/></cfdi:Conceptos>') +
    (parts.complement ?? `<cfdi:Complemento>${stamp()}</cfdi:Complemento>`) +
    `${parts.tail ?? ''}</cfdi:Comprobante>`
  )
}

/** A stamped Retenciones 2.0 for a receiver in Mexico, unless another is given. */
export function retenciones20(
  receiver = '<r:Nacional RfcR="XAXX010101000" NomDenRazSocR="ALGUIEN"/>',
): string {
  return (
    `<r:Retenciones xmlns:r="http://www.sat.gob.mx/esquemas/retencionpago/2" Version="2.0" CveRetenc="14" FolioInt="77" ` +
    `Sello="${SEAL}" NoCertificado="1" FechaExp="2024-01-02T03:04:05" LugarExpRetenc="20000">` +
    `<r:Emisor RfcE="EKU9003173C9" NomDenRazSocE="ESCUELA KEMPER URGATE"/><r:Receptor>${receiver}</r:Receptor>` +
    `<r:Totales MontoTotOperacion="4076.73"/><r:Complemento>${stamp()}</r:Complemento></r:Retenciones>`
  )
}
