/** Órdenes de envío en archivos `_CFD_MAIL_REQ_<identificación>.XML`. */
export const orderFiles = {
  'command.import-orders': 'Toma las órdenes de envío (_CFD_MAIL_REQ_*.XML) de una carpeta a la bandeja',
  'argument.order-folder': 'Carpeta de las órdenes; si falta, el ajuste mailerDir (MAILER_DIR)',
  'argument-name.order-folder': 'carpeta',
  'flag.import-orders.limit':
    'A lo más tantos archivos; si falta, 500. Los demás quedan para la siguiente vez',
  'flag.insecure-dir': 'También de una carpeta en la que cualquiera puede escribir',
  'flag.order-files':
    'Escribe órdenes de envío en esa carpeta, para que otro programa las envíe; aquí no se envían',
  'state.exported': 'exportado',
  'proof.exported':
    'Se entregó a otro programa como orden de envío; lo que haya sido de él consta ahí, no aquí.',
  'event.addenda-added': 'addenda agregada a la copia',
  'event.exported': 'entregado como orden de envío',
  'reason.no-address': 'el cliente no tiene dirección, y una orden de envío la necesita',
  'packaged.exported':
    'Se {count|escribió|escribieron} {count} {count|orden|órdenes} de envío; {count|la|las} envía el programa que lee esa carpeta, no este.',
  'command.import-proscai':
    'Trae de Proscai clientes y órdenes de envío, y compara lo que enviaría cada programa',
  'flag.import-proscai.customers':
    'CSV con los clientes: clave, nombre, RFC, e-mail, eMail facturación, Empaquetado CFD, contactos',
  'flag.import-proscai.orders': 'Carpeta con órdenes de envío que se toman',
  'flag.shadow': 'Carpeta de órdenes con la que solo se compara: no se envía ni se mueve nada',
  'error.CHOOSE_PROSCAI': 'Diga qué traer: --clientes CSV, --ordenes CARPETA o --sombra CARPETA.',
  'hint.CHOOSE_PROSCAI':
    'Por ejemplo: cfdi-mail importar-proscai --clientes clientes.csv --sombra C:\\Trabajo\\Envio_Mails',
  'shadow.recipients': 'Destinatarios',
  'shadow.subject': 'Asunto',
  'shadow.attachments': 'Adjuntos',
  'shadow.customer': 'Cliente',
  'shadow.theirs': 'en la orden',
  'shadow.ours': 'aquí',
  'shadow.totals':
    '{orders} {orders|orden comparada|órdenes comparadas} en {folder}: {same} {same|igual|iguales}, {different} {different|distinta|distintas}, {unreadable} {unreadable|ilegible|ilegibles}, {noDocument} sin CFDI. No se envió ni se cambió nada.',
  'rule.order-file': 'la orden de envío',

  'error.NO_ORDER_FOLDER': 'No se sabe en qué carpeta aparecen las órdenes de envío.',
  'hint.NO_ORDER_FOLDER':
    'Dígala: cfdi-mail importar-ordenes CARPETA; o póngala como mailerDir en {file} (o en MAILER_DIR).',
  'error.ORDER_FOLDER_OPEN': 'Cualquiera puede escribir en {folder}: no se toman órdenes de ahí.',
  'hint.ORDER_FOLDER_OPEN':
    'Quítele el permiso a los demás: chmod o-w CARPETA. Si de verdad debe ser así: --carpeta-abierta.',
  'error.IMPORT_RUNNING': 'Otro proceso está tomando las órdenes de envío con estos datos.',
  'hint.IMPORT_RUNNING': 'Espere a que termine; el siguiente turno hará lo que falte.',

  'expected.folder': 'una carpeta',
  'expected.order-recipients': 'known o any',
  'expected.order-mapping':
    'un campo por renglón (customer, profile, host, user, sender, recipients, hidden, subject, body, attachments) con la ruta de su elemento o atributo',

  'event.order-file-refused': 'orden de envío rechazada',
  'event.order-file-ignored': 'parte de la orden sin efecto',

  'order-result.queued': 'en la bandeja',
  'order-result.planned': 'se tomaría',
  'order-result.repeated': 'ya se tomó',
  'order-result.waiting': 'espera',
  'order-result.refused': 'RECHAZADA',

  'order-reason.taken': 'se tomó antes; no se envía dos veces',
  'order-reason.id-reused':
    'otra orden, con otro contenido, tuvo la misma identificación; dele otra en su nombre',
  'order-reason.in-hand': 'la tomó otro proceso',
  'order-reason.settling': 'todavía se está escribiendo',
  'order-reason.cut-off': 'su XML está incompleto; se espera a que lo terminen de escribir',
  'order-reason.missing-attachment': 'no está un archivo que quiere adjuntar',
  'order-reason.half-attachment': 'un adjunto está incompleto',
  'order-reason.bad-name': 'el nombre no es _CFD_MAIL_REQ_<identificación>.XML (letras, números, . _ -)',
  'order-reason.outside': 'la ruta de un adjunto sale de la carpeta de adjuntos (MAILER_ATTACHMENT_PATH)',
  'order-reason.link': 'la orden o un adjunto es un enlace, no un archivo',
  'order-reason.owner': 'un adjunto es de otro usuario del equipo',
  'order-reason.not-a-file': 'no es un archivo que se pueda leer',
  'order-reason.too-large': 'un archivo pasa del tamaño permitido (maxFileBytes)',
  'order-reason.empty-order':
    'no dice a quién o qué enviar; si sus campos tienen otros nombres, póngalos en orderMapping',
  'order-reason.unknown-customer':
    'no existe el cliente que indica, y no dice a quién enviar; dé de alta al cliente',
  'order-reason.ambiguous-customer': 'varios clientes tienen el RFC de su CFDI; diga cuál en Cliente',
  'order-reason.bare-markup':
    'su texto lleva etiquetas de HTML sin escapar; escríbalas con &lt; o en un CDATA',
  'order-reason.bad-recipient': 'ninguno de sus destinatarios es una dirección de correo',
  'order-reason.hidden-copy': 'pide copias ocultas; póngalas como destinatarios, o en una orden aparte',
  'order-reason.several-receivers': 'junta CFDI de distintos receptores',
  'order-reason.other-receiver': 'su CFDI no es del cliente que indica',
  'order-reason.duplicate-document': 'lleva dos veces el mismo CFDI',
  'order-reason.bad-file-kind': 'un adjunto es de un tipo que los servidores de correo rechazan',
  'order-reason.failed-before': 'interrumpió el programa varias veces',

  'order-doubt.foreign-recipient': 'no es una dirección del cliente',
  'order-doubt.no-customer': 'el receptor del CFDI no está entre los clientes',
  'order-doubt.unknown-customer': 'no existe el cliente que indica la orden',
  'order-doubt.already': 'este CFDI ya se le empaquetó al cliente',

  'order-ignored.server': 'el servidor no es el de ningún perfil',
  'order-ignored.profile': 'no hay un perfil con ese nombre',
  'order-ignored.sender': 'el remitente no es el del perfil',
  'order-ignored.address': 'no es una dirección de correo',

  'column.file': 'Orden de envío',
  'orders.nothing': 'No hay órdenes de envío en {folder}.',
  'orders.totals':
    '{queued} {queued|tomada|tomadas} ({held} con algo retenido), {repeated} ya {repeated|tomada|tomadas}, {waiting} en espera, {refused} {refused|rechazada|rechazadas}.',
  'orders.dry-run': 'Simulación: no se movió ni se tomó nada.',
  'orders.more': 'Quedan más archivos: repita la orden.',
  'orders.next': 'Envíelas con cfdi-mail enviar',
  'orders.held':
    'Retenidas hasta que las revise (cfdi-mail bandeja ver ORDEN, y bandeja liberar o cancelar):',
  'orders.ignored': 'Lo que la orden dice y no se tomó en cuenta:',
  'orders.bad': 'Las rechazadas están en {folder}; corregidas, regréselas a la carpeta de las órdenes.',
} as const
