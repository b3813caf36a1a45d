/** WhatsApp: perfiles, prueba, causas y números. */
export const whatsapp = {
  'command.whatsapp-test':
    'Prueba un perfil de WhatsApp paso a paso; con --guardar lo guarda si la prueba pasó',
  'flag.phone-id': 'Identificador del número de teléfono que da Meta (no es el número)',
  'flag.account-id':
    'Identificador de la cuenta de WhatsApp Business: con él la prueba revisa también la plantilla',
  'flag.token-stdin': 'Lee el token de acceso de la entrada estándar',
  'flag.token-ref': 'De dónde se toma el token cada vez: env:NOMBRE, file:/ruta o cmd:programa',
  'flag.whatsapp-test.template': 'Nombre de la plantilla aprobada, con un documento como encabezado',
  'flag.template-language': 'Idioma de la plantilla (normal: es_MX)',
  'flag.fields':
    'Campos que van en {{1}}, {{2}}… del cuerpo de la plantilla, separados por comas: folio,total,cliente',
  'flag.api-version': 'Versión de la API de Meta (normal: v25.0)',
  'flag.base-url': 'Otro servidor en esta misma máquina, para ensayos; fuera de eso solo graph.facebook.com',
  'flag.whatsapp-test.to': 'Envía además un mensaje de prueba a este celular',
  'flag.whatsapp-test.save': 'Guarda el perfil con este nombre si la prueba pasó',
  'flag.pair-seconds': 'Segundos entre dos mensajes al mismo número (normal: 6)',

  'step.token': 'Token de acceso',
  'step.number': 'Número que envía',
  'step.template': 'Plantilla',

  'profiles.channel': 'Canal',
  'whatsapp.phone-id': 'Id. del número',
  'whatsapp.account-id': 'Id. de la cuenta',
  'whatsapp.token': 'Token',
  'whatsapp.template': 'Plantilla',
  'whatsapp.fields': 'Campos',
  'whatsapp.pair': 'uno cada {seconds} s a un mismo número',

  'cause.whatsapp-token': 'Meta no aceptó el token de acceso: venció, se revocó o no está completo',
  'remedy.whatsapp-token':
    'Genere un token que no venza para el usuario del sistema (Configuración del negocio > Usuarios del sistema) y guárdelo: cfdi-mail probar-whatsapp PERFIL --llave-stdin --guardar PERFIL',
  'cause.whatsapp-permission': 'el token no tiene permiso para enviar con esa cuenta',
  'remedy.whatsapp-permission':
    'El usuario del sistema necesita whatsapp_business_messaging y whatsapp_business_management, y la app y la cuenta de WhatsApp entre sus activos.',
  'cause.whatsapp-phone-id': 'Meta no conoce ese identificador de número, o el token no lo puede ver',
  'remedy.whatsapp-phone-id':
    'Cópielo de WhatsApp > Primeros pasos > Identificador de número de teléfono. Es un identificador largo, no el número del celular.',
  'cause.whatsapp-account-id': 'Meta no conoce ese identificador de cuenta, o el token no la puede ver',
  'remedy.whatsapp-account-id':
    'Cópielo de WhatsApp > Primeros pasos > Identificador de la cuenta de WhatsApp Business (no es el del número), y agregue esa cuenta a los activos del usuario del sistema. Sin --id-cuenta la prueba no revisa la plantilla.',
  'cause.whatsapp-test-number': 'es un número de prueba de Meta y el destinatario no está en su lista',
  'remedy.whatsapp-test-number':
    'Agregue el celular en WhatsApp > Primeros pasos, o registre un número propio para enviar a sus clientes.',
  'cause.whatsapp-payment': 'la cuenta de WhatsApp no tiene forma de pago, o el cobro falló',
  'remedy.whatsapp-payment':
    'Revise la tarjeta en Cuentas de WhatsApp > Configuración de pago. Mientras, nada se pierde.',
  'cause.whatsapp-stopped': 'Meta detuvo los envíos de la cuenta (spam, política o bloqueo)',
  'remedy.whatsapp-stopped':
    'Vea el motivo en el Administrador de WhatsApp > Calidad de la cuenta y resuélvalo con Meta antes de liberar el perfil.',
  'cause.whatsapp-template': 'la plantilla no existe en ese idioma, no está aprobada o pide otros datos',
  'remedy.whatsapp-template':
    'Vea la plantilla en Administrador de WhatsApp > Plantillas de mensajes: nombre, idioma, encabezado de documento, y tantos {{n}} como campos tiene el perfil. Luego: cfdi-mail probar-whatsapp PERFIL --plantilla NOMBRE --campos CAMPOS --guardar PERFIL',
  'cause.whatsapp-version': 'no hay nada en esa dirección de la API',
  'remedy.whatsapp-version': 'Revise --version-api: Meta retira las versiones viejas.',
  'cause.whatsapp-recipient': 'WhatsApp no aceptó el mensaje para ese celular',
  'remedy.whatsapp-recipient':
    'Revise el número de --para y que tenga WhatsApp. Las palabras de Meta dicen el resto.',
  'cause.whatsapp-limit': 'la cuenta llegó a su límite de mensajes de WhatsApp',
  'remedy.whatsapp-limit':
    'Espere: lo pendiente sale solo. Meta sube el límite de usuarios por día conforme la cuenta se usa bien.',
  'cause.whatsapp-unavailable': 'Meta tuvo un problema, o lo que contestó no es de su API',
  'remedy.whatsapp-unavailable':
    'Espere y pruebe de nuevo. Si sigue, vea https://metastatus.com y que ningún proxy conteste en su lugar.',

  'error.NO_TOKEN': 'Falta el token de acceso y aquí no hay a quién preguntarlo.',
  'error.NO_TOKEN.empty': 'La entrada estándar no trae ningún token.',
  'hint.NO_TOKEN':
    'Páselo por la entrada estándar con --llave-stdin, o diga dónde está con --llave-ref env:NOMBRE.',
  'error.NO_WHATSAPP_PROFILE': 'No hay ningún perfil de WhatsApp.',
  'hint.NO_WHATSAPP_PROFILE':
    'Pruebe y guarde uno: cfdi-mail probar-whatsapp --id-telefono ID --plantilla NOMBRE --llave-stdin --guardar whatsapp. Los pasos en Meta están en docs/whatsapp.md.',
  'error.BAD_WHATSAPP_PROFILE.missing': 'Al perfil de WhatsApp le falta --{flag}.',
  'error.BAD_WHATSAPP_PROFILE.fields': 'No hay ningún campo «{value}» para --{flag}.',
  'hint.BAD_WHATSAPP_PROFILE.fields':
    'Los que hay: cfdi-mail plantillas campos; por ejemplo documento,serie_folio,total',
  'hint.BAD_WHATSAPP_PROFILE.template':
    'El nombre de una plantilla lleva minúsculas, cifras y guiones bajos, como en el Administrador de WhatsApp: comprobantes_2.',
  'hint.BAD_WHATSAPP_PROFILE.phone-id':
    'Es el identificador que da Meta, solo cifras; no es el número del celular. Está en WhatsApp > Primeros pasos.',
  'error.BAD_WHATSAPP_PROFILE': 'El perfil de WhatsApp está incompleto o tiene un error: --{flag} "{value}".',
  'hint.BAD_WHATSAPP_PROFILE':
    'Corrija --{flag}. Ejemplo: cfdi-mail probar-whatsapp --id-telefono 106540352242922 --plantilla comprobantes --campos folio,total --llave-stdin --guardar whatsapp. Los campos: cfdi-mail plantillas campos.',
  'error.PROFILE_OTHER_CHANNEL': 'El perfil {name} es de otro canal.',
  'error.PROFILE_OTHER_CHANNEL.email': 'El perfil {name} ya existe y es de correo.',
  'hint.PROFILE_OTHER_CHANNEL.email': 'Use otro nombre; los de correo se prueban con probar-smtp.',
  'error.PROFILE_OTHER_CHANNEL.whatsapp': 'El perfil {name} ya existe y es de WhatsApp.',
  'hint.PROFILE_OTHER_CHANNEL.whatsapp': 'Use otro nombre; los de WhatsApp se prueban con probar-whatsapp.',
  'error.PROFILE_OTHER_CHANNEL.whatsapp-limits':
    'El perfil {name} es de WhatsApp: solo tiene --por-minuto, --por-dia, --segundos-por-numero y --si-incierto.',
  'error.PROFILE_OTHER_CHANNEL.mail-limits':
    'El perfil {name} es de correo: --segundos-por-numero es solo de WhatsApp.',
  'error.BAD_PHONE': 'El celular "{value}" de --{flag} no sirve: {problem}.',
  'hint.BAD_PHONE': 'Escriba 10 dígitos si es de México, o + y la clave del país: +1 212 555 2368.',
  'problem.phone-letters': 'tiene algo que no es un dígito',
  'problem.phone-short': 'le faltan dígitos',
  'problem.phone-long': 'le sobran dígitos',
  'problem.phone-country': 'ninguna lada ni clave de país empieza así',
  'question.whatsapp-token': 'Token de acceso de Meta',

  'flag.mobile': 'Celular; varios separados por comas. 10 dígitos si es de México, o + y la clave del país',
  'flag.customers.contacts.add.mobile': 'Celular del contacto',
  'flag.customers.contacts.set.mobile': 'Celular del contacto; vacío lo quita',
  'flag.channel':
    'Por dónde recibe sus comprobantes: correo, whatsapp, ambos o respaldo (WhatsApp si el correo rebota)',
  'flag.xml-by': 'Con solo WhatsApp: cómo le llega el XML, que WhatsApp no acepta (por ejemplo, su portal)',
  'customers.mobile': 'Celular',
  'customers.channel': 'Canal',
  'customers.xml-by': 'XML por',
  'customer-channel.email': 'correo',
  'customer-channel.whatsapp': 'solo WhatsApp (el XML no va por ahí)',
  'customer-channel.both': 'correo y WhatsApp',
  'customer-channel.fallback': 'correo; WhatsApp si el correo rebota',
  'explained.channel.whatsapp':
    'Sus documentos van solo por WhatsApp; a esas direcciones, nada más lo que va por correo de todos modos (papeles, recibos, avisos) y lo que un número sin WhatsApp no reciba.',
  'explained.channel.both': 'El PDF va también por WhatsApp.',
  'explained.channel.fallback':
    'Por WhatsApp, solo si todas esas direcciones rechazan o devuelven el correo.',
  'explained.channel.whatsapp.alone': 'Sus documentos van solo por WhatsApp.',
  'customers.employee-channel': 'A un empleado sus recibos le llegan solo por correo, no por WhatsApp.',
  'customers.numbers': 'Recibe por WhatsApp en:',
  'customers.no-numbers':
    'No tiene celular: lo que se empaquete para WhatsApp quedará retenido hasta que tenga uno.',
  'rule.mobile': 'celular',
  'error.NEEDS_XML_BY':
    'El cliente {code} recibiría solo WhatsApp, que no acepta XML, y la ley obliga a entregárselo.',
  'hint.NEEDS_XML_BY':
    'Use --canal ambos para que el XML vaya por correo, o diga cómo le llega: --entrega-xml "portal de clientes".',
  'problem.bad-channel': 'no es un canal: correo, whatsapp, ambos o respaldo',
  'problem.xml-by-missing':
    'solo WhatsApp no entrega el XML: falta decir cómo le llega (columna «entrega xml»), o use ambos',
  'field.mobile': 'celular',
  'field.channel': 'canal',
  'field.xmlBy': 'entrega del XML',
  'message-problem.whatsapp':
    'es un mensaje de WhatsApp: el PDF adjunto fue bajo una plantilla; no hay archivo de correo',

  'command.whatsapp': 'Lo que fue de los mensajes de WhatsApp: entregados, leídos, fallidos',
  'command.whatsapp.serve-webhook':
    'Recibe los estados que manda Meta (webhook), detrás de un proxy con TLS, hasta que se detenga',
  'command.whatsapp.import-statuses': 'Lee estados de un archivo con lo que mandó el webhook de Meta',
  'argument.statuses': 'Archivo JSON: un cuerpo del webhook, o uno por línea',
  'flag.whatsapp.serve-webhook.profile': 'Perfil de WhatsApp; si falta, el predeterminado',
  'flag.whatsapp.serve-webhook.host': 'Dirección en la que escucha (normal: 127.0.0.1)',
  'flag.whatsapp.serve-webhook.port': 'Puerto en el que escucha (normal: 8080)',
  'flag.secrets-stdin':
    'Lee de la entrada estándar dos líneas: la clave secreta de la app y el token de verificación',
  'flag.app-secret-ref': 'De dónde se toma la clave secreta de la app: env:NOMBRE, file:/ruta o cmd:programa',
  'flag.verify-token-ref': 'De dónde se toma el token de verificación: env:NOMBRE, file:/ruta o cmd:programa',
  'flag.whatsapp.serve-webhook.save': 'Guarda ambos con el perfil, cifrados o como referencia',
  'notice.webhook': 'Esperando los estados de WhatsApp en {place}. Para terminar: Ctrl+C.',
  'statuses.totals':
    'Estados leídos: {read}; de envíos de aquí: {matched}; repetidos: {repeated}; ajenos: {unmatched}',
  'error.NO_STATUSES': 'El archivo {path} no trae ningún estado de WhatsApp; no se cambió nada.',
  'hint.NO_STATUSES':
    'Guarde lo que mandó el webhook de Meta tal como llegó: un cuerpo JSON, o uno por línea, con «statuses» adentro. Los mensajes de los clientes no son estados.',
  'statuses.held': 'Perfil detenido por lo que dijo Meta: {name}',
  'sent.fallback':
    'La orden {of} no llegó por su canal: va por el otro, en la orden {order}, en el siguiente enviar.',
  'order.fallback': 'no llegó por el otro canal: {reply}',
  'statuses.fallback': 'Va por el otro canal: orden {order}',
  'verdict.read': 'leído',
  'proof.whatsapp': 'estado de WhatsApp',
  'explain.outcome.uncertain':
    'No se sabe si el mensaje salió: espera a que usted lo resuelva, o a que Meta mande su estado.',
  'explain.outcome.held': 'Espera a una persona: en cuanto se corrija, lo pendiente sale.',
  'explain.scope.number':
    'Toca solo a ese número; los demás siguen. Revise el celular. A quien recibe solo por WhatsApp le llega por correo, si tiene.',
  'explain.scope.channel': 'Es de la cuenta de WhatsApp: el perfil se detiene y nada se marca como fallido.',
  'explain.scope.template': 'Es de la plantilla: el perfil se detiene hasta que se arregle.',
  'explain.scope.rate': 'Es un límite de Meta: el perfil espera y sigue solo.',
  'explain.scope.pair': 'Es el límite por número: solo espera ese destinatario.',
  'explain.scope.media': 'Es el archivo: se sube otra vez, una sola vez.',
  'error.NO_WEBHOOK_SECRETS':
    'Al perfil {name} le faltan la clave secreta de la app o el token de verificación.',
  'hint.NO_WEBHOOK_SECRETS':
    'Páselos una vez: --secretos-stdin --guardar, o dónde están: --secreto-app-ref y --token-verificacion-ref.',
  'error.CANNOT_LISTEN': 'No se puede escuchar en {place}: {detail}',
  'hint.CANNOT_LISTEN': 'Use otro --puerto, o cierre el programa que lo tiene.',
  'argument-name.statuses': 'estados',
  'token.none': 'ninguno',
  'token.sealed': 'guardado, cifrado',
  'token.reference': 'se toma de otra parte (referencia)',
} as const
