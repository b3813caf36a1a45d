/** Words for papers that are no CFDI. */
export const papers = {
  'flag.papers':
    'Carpeta con papeles que no son CFDI (PDF); con --clase pedido, orden-de-compra, estado-de-cuenta, ticket o recibo',
  'flag.index':
    'Con --papeles: CSV que dice de quién es cada archivo (archivo, cliente, referencia, fecha, importe, moneda, enviar)',
  'flag.create-customers':
    'Con --papeles e --indice: da de alta a los clientes que falten y traigan correo, con el tipo de punto de venta (posPackagingType)',
  'flag.package.name-pattern':
    'Con --papeles: cómo se llaman los archivos, por ejemplo "EDO_{cliente}_{fecha}"; se puede repetir',
  'flag.package.kind':
    'Tipos de CFDI: I ingreso, E egreso, T traslado, P pago, N nómina, R retenciones; con --papeles, la clase de papel',
  'paper.order': 'pedido',
  'paper.purchase-order': 'orden de compra',
  'paper.statement': 'estado de cuenta',
  'paper.ticket': 'ticket',
  'paper.receipt': 'recibo',
  'error.PAPER_KIND': '«{value}» no es una clase de papel para --papeles.',
  'error.PAPER_KIND.none': 'Con --papeles diga qué clase de papeles son.',
  'hint.PAPER_KIND':
    'Es una de estas: --clase pedido, orden-de-compra, estado-de-cuenta, ticket o recibo (order, purchase-order, statement, ticket, receipt).',
  'error.NOT_WITH_PAPERS': '{flags} {count|es|son} solo para CFDI; no {count|va|van} con --papeles.',
  'hint.NOT_WITH_PAPERS': 'Quítela, o empaquete los CFDI en otra orden sin --papeles.',
  'error.ONLY_WITH_PAPERS':
    '{flags} {count|es|son} solo para papeles que no son CFDI: falta --papeles CARPETA.',
  'error.ONLY_WITH_PAPERS.index': '{flags} toma a los clientes del índice: falta --indice ARCHIVO.csv.',
  'hint.ONLY_WITH_PAPERS':
    'Por ejemplo: cfdi-mail empaquetar --papeles /estados --comprobante estado-de-cuenta',
  'error.BAD_PAPER_PATTERN':
    'Al patrón «{pattern}» le falta {found}: sin él no se sabe de quién es el archivo.',
  'error.BAD_PAPER_PATTERN.unknown': 'El patrón «{pattern}» tiene {found}, que no existe.',
  'error.BAD_PAPER_PATTERN.twice': 'El patrón «{pattern}» tiene {found} dos veces.',
  'hint.BAD_PAPER_PATTERN':
    'Hay {cliente}, {referencia}, {fecha} y * (cualquier texto): EDO_{cliente}_{fecha}.pdf',
  'error.PAPER_INDEX_COLUMN': 'Al índice {file} le falta la columna «{column}». Tiene: {found}',
  'hint.PAPER_INDEX_COLUMN':
    'El primer renglón lleva los nombres: archivo, cliente, referencia, fecha, importe, moneda, enviar.',
  'reason.unknown-party':
    'no existe el cliente o proveedor de esa clave; délo de alta, o con --indice y --alta-clientes si su renglón trae un correo bueno',
  'reason.wrong-party':
    'esa clave es de otra clase: las órdenes de compra van a proveedores; los pedidos y tickets, a clientes',
  'reason.name-not-in-pattern':
    'su nombre no dice de quién es, como {example} (docs/papers.md); diga el patrón con --patron-nombre o use --indice',
  'reason.other-kind': 'su nombre es de otra clase de papel; se empaqueta con --clase {kind}',
  'example.order': 'PED_C00001_4500.pdf',
  'example.purchase-order': 'OC_P00001_4500.pdf',
  'example.statement': 'EDO_C00001_2024-05.pdf',
  'example.ticket': 'TKT_C00001_8841.pdf',
  'example.receipt': 'REC_C00001_15.pdf',
  'reason.ambiguous-name': 'el nombre se puede leer para dos claves; use --indice',
  'reason.not-in-index': 'no está en el índice',
  'reason.bad-index-row': 'su renglón del índice está incompleto o tiene un dato que no sirve',
  'reason.not-marked': 'sin marca de envío en el índice: no se envía hasta que la lleve',
  'packaged.bad-index-row':
    'Corrija ese renglón y repita la orden; lo demás del índice siguió su curso.\nFecha: 2024-05-31; importe: 1234.50; enviar: sí o no (1 o 0, x o vacío).',
  'reason.index-twice': 'el índice lo nombra dos veces',
  'reason.file-missing': 'el índice lo nombra y no está en la carpeta',
  'reason.not-a-paper': 'no es un PDF',
  'reason.is-cfdi-pdf': 'es el PDF de un CFDI: se envía con su XML, sin --papeles',
  'reason.unsafe-page': 'la página del ticket ejecuta o carga algo, o está incompleta',
  'reason.no-date': 'no se sabe su fecha; quite --desde y --hasta o póngala en el nombre o en el índice',
  'reason.reference-twice': 'hay dos archivos distintos con la misma referencia; deje uno',
  'reason.paper-changed': 'ya se empaquetó con otro contenido; --otra-vez --motivo lo envía de nuevo',
  'reason.same-paper':
    'el mismo archivo ya se empaquetó con otra referencia; si es correcto, --otra-vez --motivo',
  'reason.no-mail': 'el tipo de empaquetado no envía correos',
} as const
