/** Respaldo, restauración y adopción del almacén; avisos de errores; envíos desviados. */
export const store = {
  'command.backup': 'Respalda el almacén y las copias de lo empaquetado en una carpeta; sin la llave',
  'command.restore': 'Llena una carpeta de datos vacía con un respaldo; no envía nada hasta adoptarlo',
  'command.store': 'El almacén de datos',
  'command.store.adopt':
    'Adopta un almacén copiado, movido o restaurado: lo que faltaba por salir queda retenido',
  'argument.folder': 'Carpeta del respaldo',
  'flag.redirect-to':
    'Prueba: envía lo pendiente a esta sola dirección, sin cambiar estados (a lo más 10, o --limite)',
  'flag.notices': 'Los avisos de errores, que las demás listas no muestran',

  'progress.backup': 'Copiando… {done}',
  'progress.backup.of': 'Copiando… {done} de {total}',

  'error.FOLDER_NOT_EMPTY': 'La carpeta {folder} ya tiene algo adentro; no se escribe encima.',
  'hint.FOLDER_NOT_EMPTY': 'Diga una carpeta nueva o vacía.',
  'error.STORE_NOT_ADOPTED': 'Este almacén no envía nada todavía: {strange}.',
  'hint.STORE_NOT_ADOPTED':
    'Si estos son los datos buenos: cfdi-mail almacen adoptar. Lo que faltaba por salir queda retenido para que usted lo revise.',

  'strange.backup': 'viene de un respaldo',
  'strange.other-machine': 'se usaba en otra máquina',
  'strange.other-folder': 'se usaba en otra carpeta',
  'strange.replaced': 'la carpeta de datos se repuso o se copió',
  'strange.older': 'es más viejo que el que se usó aquí la última vez',

  'backup.done':
    'Respaldo completo en {folder}: almacén y {snapshots} {snapshots|archivo empaquetado|archivos empaquetados} ({size} MB).',
  'backup.missing':
    '{count|Falta, o está dañado,|Faltan, o están dañados,} {count} {count|archivo empaquetado|archivos empaquetados} que el almacén nombra:',
  'backup.companies':
    'NO lleva los datos de otras empresas: {companies}. Respalde cada una en su carpeta, con --empresa.',
  'backup.key': '¡ATENCIÓN! La llave que abre las contraseñas NO está en el respaldo. Guárdela aparte.',
  'backup.key-place': 'La llave {id} está en: {file}',
  'backup.key-none': 'Todavía no hay llave: ninguna contraseña está guardada con ella.',

  'restore.done':
    'Respaldo {from} puesto en {folder}, con {snapshots} {snapshots|archivo empaquetado|archivos empaquetados}.',
  'restore.damaged':
    '{count} {count|archivo del respaldo está dañado y se dejó|archivos del respaldo están dañados y se dejaron} fuera:',
  'restore.adopt': 'No envía nada hasta que lo adopte: cfdi-mail almacen adoptar',
  'restore.key': 'Las contraseñas solo se abren con la llave de entonces, que no viene en el respaldo.',

  'adopt.home': 'Este almacén ya es de {folder}; no se cambió nada.',
  'adopt.done': 'El almacén ahora es de {folder} ({reason}).',
  'adopt.former': 'Antes: {former}. No envíe desde los dos lugares.',
  'adopt.none': 'No había nada por salir.',
  'adopt.held':
    '{deliveries|Quedó retenido|Quedaron retenidos} {deliveries} {deliveries|envío|envíos} de {orders} {orders|orden|órdenes}: {deliveries|pudo|pudieron} haber salido ya.',
  'adopt.next':
    'Véalos con cfdi-mail bandeja listar --estado retenido; salen con cfdi-mail bandeja liberar ORDEN.',

  'column.notice': 'Aviso',
  'column.matters': 'Asuntos',
  'notices.none': 'No hay avisos de errores.',

  'redirected.none': 'No hay nada pendiente: no se envió ningún mensaje.',
  'redirected.count': '{count} {count|mensaje enviado|mensajes enviados} a {to} y a nadie más.',
  'redirected.unchanged': 'Fue una prueba: todo sigue pendiente como estaba.',
} as const
