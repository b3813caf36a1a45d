/** Profiles and their test: steps, causes and what to do about each. */
export const profiles = {
  'command.smtp-test': 'Prueba un perfil de correo paso a paso; con --guardar lo guarda si la prueba pasó',
  'command.profiles': 'Perfiles de correo: los servidores por los que se envía',
  'command.profiles.list': 'Lista los perfiles',
  'command.profiles.show': 'Muestra un perfil; la contraseña nunca se muestra',
  'command.profiles.remove': 'Borra un perfil',
  'command.profiles.default': 'Hace de un perfil el predeterminado',
  'command.profiles.hold': 'Detiene un perfil: no envía nada hasta que lo libere',
  'command.profiles.release': 'Libera un perfil detenido',
  'argument.profile': 'Nombre del perfil; si falta, el predeterminado',
  'argument.profiles.profile': 'Nombre del perfil',
  'flag.provider': 'Proveedor conocido: llena servidor, puerto y seguridad',
  'flag.host': 'Servidor SMTP',
  'flag.port': 'Puerto (normal: 587 con starttls, 465 con tls, 25 con ninguna)',
  'flag.security': 'starttls, tls o ninguna; ninguna solo sin contraseña o en esta misma máquina',
  'flag.user': 'Usuario del servidor',
  'flag.smtp-test.from': 'Correo del remitente; si falta, el usuario',
  'flag.from-name': 'Nombre del remitente',
  'flag.reply-to': 'Correo al que llegan las respuestas',
  'flag.password-stdin': 'Lee la contraseña de la entrada estándar',
  'flag.password-ref': 'De dónde se toma la contraseña cada vez: env:NOMBRE, file:/ruta o cmd:programa',
  'flag.smtp-test.to': 'Envía además un correo de prueba a esta dirección',
  'flag.smtp-test.save': 'Guarda el perfil con este nombre si la prueba pasó',
  'flag.default': 'Lo guarda como el perfil predeterminado',
  'flag.pin': 'Huella SHA-256 del único certificado que se acepta además de los reconocidos',
  'flag.ca-file': 'Archivo PEM de una autoridad certificadora propia',
  'flag.connections': 'Conexiones simultáneas (normal: 1)',
  'flag.messages-per-connection': 'Mensajes por conexión (normal: 100)',

  'smtp-test.ok': 'Configuración correcta',
  'smtp-test.failed': 'Configuración errónea',
  'smtp-test.cause': 'Causa: {cause}',
  'smtp-test.remedy': 'Qué hacer: {remedy}',
  'smtp-test.saved': 'Perfil guardado: {name}',

  'step.dns': 'Buscar el servidor',
  'step.connect': 'Conectar',
  'step.tls': 'Cifrar (TLS)',
  'step.greeting': 'Saludo',
  'step.auth': 'Usuario y contraseña',
  'step.mail-from': 'Remitente',
  'step.rcpt-to': 'Destinatario',
  'step.message': 'Mensaje de prueba',

  'profiles.none':
    'No hay perfiles de correo. Pruebe y guarde uno: cfdi-mail probar-smtp --servidor SERVIDOR --usuario USUARIO --guardar oficina',
  'profiles.name': 'Perfil',
  'profiles.server': 'Servidor',
  'profiles.security': 'Seguridad',
  'profiles.user': 'Usuario',
  'profiles.from': 'Remitente',
  'profiles.reply-to': 'Responder a',
  'profiles.password': 'Contraseña',
  'profiles.modules': 'Módulos',
  'profiles.connections': 'Conexiones',
  'profiles.connections.value': '{connections}, de {messages} {messages|mensaje|mensajes} cada una',
  'profiles.pin': 'Huella',
  'profiles.ca-file': 'Autoridad',
  'profiles.tested': 'Probado',
  'profiles.never': 'nunca',
  'profiles.state': 'Estado',
  'profiles.ready': 'listo',
  'profiles.held': 'detenido',
  'profiles.held-until': 'detenido hasta {until}',
  'profiles.default': '{name} (predeterminado)',
  'password.none': 'ninguna',
  'password.sealed': 'guardada, cifrada',
  'password.reference': 'se toma de fuera (referencia)',
  'security.starttls': 'STARTTLS',
  'security.tls': 'TLS',
  'security.none': 'sin cifrar',

  'cause.host-not-found': 'no existe un servidor con ese nombre',
  'remedy.host-not-found': 'Revise cómo está escrito el servidor y que esta máquina tenga Internet.',
  'cause.refused': 'el servidor no acepta conexiones en ese puerto',
  'remedy.refused':
    'Revise el puerto: normalmente 587 (STARTTLS) o 465 (TLS). Puede que el servidor esté apagado.',
  'cause.no-answer': 'el servidor no contesta, o cortó la conexión',
  'remedy.no-answer':
    'Revise servidor y puerto; muchas redes y proveedores de Internet bloquean el puerto 25. Si todo está bien, espere y pruebe otra vez.',
  'cause.wrong-port-tls': 'ese puerto no espera TLS desde el principio',
  'remedy.wrong-port-tls': 'Use --seguridad starttls (puerto 587), o el puerto 465 con --seguridad tls.',
  'cause.wrong-port-plain': 'ese puerto espera TLS desde el principio',
  'remedy.wrong-port-plain': 'Use --seguridad tls (puerto 465), o el puerto 587 con --seguridad starttls.',
  'cause.no-starttls': 'el servidor no ofrece cifrar la conexión (STARTTLS)',
  'remedy.no-starttls':
    'Pruebe con --seguridad tls y el puerto 465. La contraseña nunca se envía sin cifrar; solo un servidor en esta misma máquina puede ir con --seguridad ninguna.',
  'cause.encryption-required': 'falta cifrar la conexión',
  'remedy.encryption-required': 'Use --seguridad starttls (puerto 587) o --seguridad tls (puerto 465).',
  'cause.ca-file': 'no se puede usar el archivo de la autoridad certificadora',
  'remedy.ca-file':
    'Revise --archivo-ca: debe ser un certificado en texto (PEM, «BEGIN CERTIFICATE») que este usuario pueda leer.',
  'cause.certificate-expired': 'el certificado del servidor está vencido o todavía no es válido',
  'remedy.certificate-expired':
    'Revise la fecha de esta máquina. Si está bien, avise a quien administra el servidor de correo.',
  'cause.certificate-untrusted': 'el certificado del servidor no lo respalda una autoridad conocida',
  'remedy.certificate-untrusted':
    'Si el servidor es suyo, use --archivo-ca con su autoridad, o --huella con la huella de su certificado. Si no, alguien puede estar en medio: no continúe.',
  'cause.certificate-name': 'el certificado es de otro servidor',
  'remedy.certificate-name': 'Ponga en --servidor el nombre que aparece en el certificado.',
  'cause.tls-other': 'no se pudo cifrar la conexión',
  'remedy.tls-other':
    'El servidor debe aceptar TLS 1.2 o más reciente. Revise también el puerto y el antivirus o cortafuegos.',
  'cause.greeting-refused': 'el servidor no acepta conexiones desde aquí',
  'remedy.greeting-refused':
    'Lea su respuesta: puede haber demasiadas conexiones, o esta dirección de Internet estar bloqueada. Espere o consulte a su proveedor.',
  'cause.no-auth-offered': 'el servidor no ofrece identificarse con usuario y contraseña',
  'remedy.no-auth-offered':
    'Revise el puerto: 587 y 465 son para enviar con usuario; el 25 no. Sin identificarse no se envía nada.',
  'cause.auth-required': 'el servidor pide usuario y contraseña para enviar',
  'remedy.auth-required': 'Agregue --usuario y dé la contraseña.',
  'cause.gmail-app-password': 'Google no aceptó la contraseña; la de todos los días no sirve aquí',
  'remedy.gmail-app-password':
    'Active la verificación en dos pasos y cree una contraseña de aplicación en https://myaccount.google.com/apppasswords; es de 16 letras, sin espacios.',
  'cause.m365-basic-auth-off':
    'Microsoft 365 no aceptó la contraseña: la cuenta no tiene activado SMTP autenticado',
  'remedy.m365-basic-auth-off':
    'Pida al administrador de Microsoft 365 activar «SMTP autenticado» para este buzón. Si ya lo está, revise la contraseña; con verificación en dos pasos hace falta una contraseña de aplicación.',
  'cause.bad-password': 'el servidor no aceptó el usuario o la contraseña',
  'remedy.bad-password':
    'Revise el usuario (casi siempre es el correo completo) y escriba la contraseña otra vez. Solo se intentó una vez, para no bloquear la cuenta.',
  'cause.auth-temporary': 'el servidor no puede comprobar la contraseña en este momento',
  'remedy.auth-temporary': 'Espere unos minutos y pruebe otra vez.',
  'cause.sender-not-allowed': 'ese usuario no puede enviar con ese remitente',
  'remedy.sender-not-allowed':
    'Ponga en --remitente el correo de la cuenta, o pida permiso de «enviar como» para ese remitente.',
  'cause.recipient-refused': 'el servidor no aceptó al destinatario de la prueba',
  'remedy.recipient-refused':
    'Revise la dirección de --para; si no la puso, se usó la del remitente, que entonces no existe como buzón.',
  'cause.message-refused': 'el servidor no aceptó el correo de prueba',
  'remedy.message-refused': 'Lea su respuesta; suele ser un filtro de contenido o de tamaño.',
  'cause.quota': 'la cuenta llegó a su límite de envíos o de conexiones',
  'remedy.quota':
    'Espere a que pase el periodo (en Gmail, 24 horas), use menos --conexiones o contrate más envíos. Nada se pierde mientras tanto.',
  'cause.server-error': 'el servidor contestó algo inesperado',
  'remedy.server-error': 'Lea su respuesta. Revise que sea un servidor SMTP y pruebe más tarde.',

  'error.PROFILE_NOT_FOUND': 'No existe el perfil {name}.',
  'hint.PROFILE_NOT_FOUND.new':
    'Si es uno nuevo, póngale el nombre con --guardar {name}. Los que hay: cfdi-mail perfiles listar',
  'hint.PROFILE_NOT_FOUND': 'Véalos con cfdi-mail perfiles listar.',
  'error.PROFILE_IN_USE': 'El perfil {name} lo {count|usa el tipo|usan los tipos} de empaquetado {types}.',
  'hint.PROFILE_IN_USE': 'Cámbieles antes el perfil con cfdi-mail tipos cambiar TIPO --perfil OTRO.',
  'error.BAD_PROFILE.missing': 'Al perfil le falta --{flag}.',
  'error.BAD_PROFILE.no-sender':
    'Al perfil le falta el remitente: --usuario, o --remitente si el servidor no pide usuario.',
  'hint.BAD_PROFILE.no-sender':
    'Ejemplo: cfdi-mail probar-smtp --servidor smtp.gmail.com --usuario yo@empresa.mx --guardar oficina',
  'error.BAD_PROFILE': 'El perfil no está completo o tiene un error: --{flag} «{value}».',
  'hint.BAD_PROFILE':
    'Corrija --{flag}. Ejemplo: cfdi-mail probar-smtp --servidor smtp.gmail.com --usuario yo@empresa.mx --guardar oficina',
  'error.NO_PASSWORD': 'Falta la contraseña de {user} y aquí no se puede preguntar.',
  'hint.NO_PASSWORD':
    'Pásela por la entrada con --contrasena-stdin, o diga dónde está con --contrasena-ref env:NOMBRE.',
  'error.BAD_SECRET': 'La contraseña guardada en {place} no se puede abrir: está dañada o es de otro lugar.',
  'hint.BAD_SECRET':
    'Guárdela otra vez con cfdi-mail probar-smtp PERFIL --contrasena-stdin --guardar PERFIL.',
  'error.WRONG_KEY': 'La contraseña de {place} se cifró con la llave {key} y aquí está la llave {found}.',
  'hint.WRONG_KEY':
    'Traiga la llave {key} (CFDI_MAIL_KEY_FILE dice dónde está), o guarde la contraseña otra vez.',
  'error.BAD_KEY': '{file} no contiene una llave.',
  'hint.BAD_KEY': 'Una llave son 32 bytes en base64. Traiga la correcta de su respaldo.',
  'error.KEY_NOT_FOUND': 'No está la llave {key} que abre la contraseña de {place}; se buscó en {file}.',
  'hint.KEY_NOT_FOUND':
    'Traiga la llave de su respaldo, o guarde la contraseña otra vez con probar-smtp --guardar.',
  'error.KEY_UNSAFE': 'La llave {file} la pueden leer otros usuarios, o es un enlace: no se usa.',
  'hint.KEY_UNSAFE': 'Déjela como archivo normal y solo para usted: chmod 600 {file}',
  'error.BAD_REFERENCE': 'No se encontró la contraseña en {reference} ({detail}).',
  'hint.BAD_REFERENCE':
    'Revise la variable, el archivo o el programa; también vale para la cuenta que ejecuta cron.',
} as const
