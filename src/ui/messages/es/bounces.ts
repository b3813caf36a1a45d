/** Correo devuelto y direcciones en cuarentena. */
export const bounces = {
  'command.bounces': 'Correo devuelto: qué rebotó, y las direcciones a las que por eso ya no se envía',
  'command.bounces.import': 'Lee correo devuelto de archivos: .eml, mbox, Maildir o carpetas de .eml',
  'command.bounces.check': 'Lee el buzón de rebotes por IMAP, sin cambiar nada en él',
  'command.bounces.list': 'Lista lo que volvió y a qué orden corresponde',
  'command.bounces.quarantine': 'Direcciones que rebotan: sus envíos se retienen hasta que las libere',
  'command.bounces.quarantine.list': 'Lista las direcciones en cuarentena',
  'command.bounces.quarantine.add': 'Pone direcciones en cuarentena',
  'command.bounces.quarantine.release':
    'Libera direcciones; lo retenido por ellas sale en el siguiente envío',
  'argument.mail': 'Archivo .eml o mbox, Maildir, o carpeta con .eml',
  'argument.address': 'Dirección de correo',
  'flag.bounces.check.profile': 'Perfil cuyo buzón de rebotes se lee; si falta, el predeterminado',
  'flag.bounces.check.host': 'Servidor IMAP',
  'flag.bounces.check.port': 'Puerto; si falta, 993 (TLS). En otro se exige STARTTLS',
  'flag.bounces.check.user': 'Usuario del buzón',
  'flag.bounces.check.password-stdin': 'Lee la contraseña de la entrada estándar',
  'flag.bounces.check.password-ref': 'Dónde está la contraseña: env:NOMBRE, file:/ruta o cmd:programa',
  'flag.bounces.check.ca-file': 'Archivo PEM de una autoridad propia en la que se confía',
  'flag.mailbox': 'Carpeta de los rebotes; si falta, INBOX',
  'flag.archive': 'Carpeta con copias de lo enviado: resuelve los envíos inciertos que encuentra ahí',
  'flag.bounces.check.save': 'Guarda este buzón en el perfil, con la contraseña sellada',
  'flag.bounces.check.limit': 'A lo más tantos correos; si falta, 1000. Lo demás queda para la siguiente vez',
  'flag.bounces.list.limit': 'Solo los más recientes, tantos',

  'error.NOT_QUARANTINED': '{address} no está en cuarentena.',
  'hint.NOT_QUARANTINED': 'Véalas con cfdi-mail rebotes cuarentena listar',
  'error.NO_BOUNCE_MAILBOX': 'No se sabe qué buzón leer: el perfil {profile} no tiene uno guardado.',
  'hint.NO_BOUNCE_MAILBOX':
    'Dígalo y guárdelo: cfdi-mail rebotes revisar --servidor imap.ejemplo.mx --usuario rebotes@ejemplo.mx --guardar',
  'error.NO_BOUNCE_MAILBOX.no-profile': 'No se sabe qué buzón leer: todavía no hay ningún perfil de correo.',
  'hint.NO_BOUNCE_MAILBOX.no-profile':
    'Dígalo: cfdi-mail rebotes revisar --servidor imap.ejemplo.mx --usuario rebotes@ejemplo.mx. Para guardarlo hace falta antes un perfil: cfdi-mail probar-smtp --servidor … --guardar oficina',
  'error.MAILBOX_NOT_FOUND': 'En el servidor no hay una carpeta {mailbox}.',
  'hint.MAILBOX_NOT_FOUND': 'Diga otra con --buzon o --archivo.',
  'error.MAILBOX_UNREACHABLE': 'No se pudo leer el buzón en {host}: {detail}.',
  'hint.MAILBOX_UNREACHABLE.name':
    'Revise cómo se escribe el servidor (--servidor) y la conexión a internet.',
  'hint.MAILBOX_UNREACHABLE.refused':
    'Revise el puerto, casi siempre 993. Puede que el servidor esté apagado o que un cortafuegos no deje pasar.',
  'hint.MAILBOX_UNREACHABLE.no-starttls':
    'En el puerto {port} el servidor no ofrece cifrar, y sin TLS no se entra. Casi siempre sirve el 993.',
  'hint.MAILBOX_UNREACHABLE.certificate':
    'Revise que el servidor (--servidor) sea el del certificado. Si lo firma una autoridad propia, dígala con --archivo-ca.',
  'hint.MAILBOX_UNREACHABLE.silence':
    'El servidor no saludó en el puerto {port}. El TLS empieza desde el principio solo en el 993; en otro puerto se espera STARTTLS.',
  'hint.MAILBOX_UNREACHABLE':
    'Revise servidor, puerto y certificado; sin TLS no se entra: en el 993 desde el principio, en otro puerto con STARTTLS. Una autoridad propia se dice con --archivo-ca.',
  'error.BAD_CA_FILE': 'El archivo {file} no es un certificado.',
  'hint.BAD_CA_FILE': 'Revise --archivo-ca: debe ser un certificado en texto (PEM, «BEGIN CERTIFICATE»).',
  'error.MAILBOX_REFUSED': '{host} no aceptó la contraseña de {user}: {detail}.',
  'hint.MAILBOX_REFUSED': 'Repita con --contrasena-stdin y, si es la correcta, --guardar.',

  'event.bounced': 'rebotado',
  'event.delivered': 'entregado',
  'event.delayed': 'entrega demorada',
  'event.bounce-noted': 'estado anotado',
  'event.quarantined': 'dirección en cuarentena',
  'event.quarantine-released': 'dirección liberada',
  'done.orders': '{count|Vuelve|Vuelven} a salir {count} {count|orden|órdenes} con cfdi-mail enviar',
  'done.no-orders': 'Ninguna orden esperaba por eso.',
  'subject.address': '{count|la dirección|las direcciones}',
  'finding.quarantined': 'rebota: está en cuarentena; vea rebotes cuarentena listar',
  'explained.quarantined': 'en cuarentena: rebota',
  'packaged.quarantined': '{count} {count|dirección|direcciones} en cuarentena; su envío queda retenido:',

  'verdict.bounced': 'rebotó',
  'verdict.soft': 'aviso sin prueba',
  'verdict.delayed': 'demorado',
  'verdict.delivered': 'entregado',
  'verdict.relayed': 'pasó a otro servidor',
  'verdict.archived': 'hay copia en el archivo',
  'effect.changed': '',
  'effect.noted': 'solo se anotó',
  'effect.waits': 'espera a que termine el envío',

  'column.status': 'Código',
  'column.since': 'Desde',
  'column.held': 'Retenidos',
  'column.customers': 'Clientes',
  'bounces.read': 'Correos leídos: {read}; de órdenes de aquí: {matched}; ya se conocían: {repeated}.',
  'bounces.left':
    'Sin efecto: no se ligan a ninguna orden, {unmatched}; respuestas automáticas, {autoReplies}; otros, {others}.',
  'bounces.quarantined': 'En cuarentena desde ahora, y lo que se les empaquete queda retenido:',
  'bounces.more': 'Quedan correos por leer: repita la orden.',
  'bounces.nobody': '(sin destinatario de la orden)',
  'bounces.none': 'No ha vuelto nada.',
  'bounces.older':
    '… y {count} {count|anterior|anteriores} (--limite N, --detalle o --json {count|lo|los} muestran)',
  'quarantine.none': 'No hay direcciones en cuarentena.',
  'quarantine.next':
    'Corrija la dirección con clientes cambiar; si ya sirve: cfdi-mail rebotes cuarentena liberar DIRECCIÓN',
} as const
