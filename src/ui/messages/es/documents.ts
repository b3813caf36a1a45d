export const documents = {
  'flag.bad': 'Solo lo que no se puede enviar, con su causa',
  'flag.documents.cancel.file':
    'Archivo con folios fiscales: una lista, un CSV o el acuse del SAT; - es la entrada estándar',
  'flag.documents.restore.file': 'Archivo con folios fiscales; - es la entrada estándar',

  'error.BAD_UUID': '«{value}» no es un folio fiscal.',
  'hint.BAD_UUID.end':
    'Es el UUID del timbre, 32 letras y números con guiones, o su final, como lo muestran las listas.',
  'hint.BAD_UUID':
    'Es el UUID completo del timbre, 32 letras y números con guiones; lo muestra cfdi-mail bandeja ver ORDEN, o documentos listar --json.',

  'column.receiver': 'Receptor',
  'documents.none':
    'No hay documentos en ese filtro. El índice se llena al empaquetar; para solo leer las carpetas: cfdi-mail empaquetar --todo --simular',
  'documents.more': '… y {count} más (--detalle o --json {count|lo|los} muestran)',
  'documents.count': 'Archivos: {count}; no se pueden enviar: {bad}',
  'documents.pdf': 'con PDF',
  'documents.no-pdf': 'sin PDF',

  'documents.cancelled': 'Marcados como cancelados, ya no se enviarán: {count}.',
  'documents.already': 'Ya estaban marcados: {count}.',
  'documents.refused': 'El SAT no los canceló y se dejaron como estaban:',
  'documents.refused-one': '  {uuid}  estatus {status}',
  'documents.stopped': 'Ya no saldrán. Envíos: {deliveries}; órdenes: {orders}.',
  'documents.none-stopped': 'Ninguno estaba por salir.',
} as const
