export const documents = {
  'flag.bad': 'Solo lo que no se puede enviar, con su causa',
  'flag.documents.cancel.file':
    'Archivo con folios fiscales: una lista, un CSV o el acuse del SAT; - es la entrada estándar',
  'flag.documents.restore.file': 'Archivo con folios fiscales; - es la entrada estándar',

  'error.BAD_UUID': '«{value}» no es un folio fiscal.',
  'hint.BAD_UUID':
    'Es el UUID completo del timbre, 32 letras y números con guiones; se ve con cfdi-mail documents list --json.',

  'column.receiver': 'Receptor',
  'documents.none':
    'No hay documentos en ese filtro. El índice se llena al empaquetar; para solo leer las carpetas: cfdi-mail package --all --dry-run',
  'documents.more': '… y {count} más (--verbose o --json los muestran)',
  'documents.count': '{count} archivos, {bad} no se pueden enviar',
  'documents.pdf': 'con PDF',
  'documents.no-pdf': 'sin PDF',

  'documents.cancelled': '{count} documentos marcados como cancelados: no se enviarán.',
  'documents.already': '{count} ya estaban marcados.',
  'documents.stopped': '{deliveries} envíos de {orders} órdenes ya no saldrán.',
  'documents.none-stopped': 'Ninguno estaba por salir.',
} as const
