/** Signing in with tokens (OAuth2), and the key of the secrets. */
export const oauth = {
  'command.profiles.sign-in':
    'Autoriza un perfil en el navegador (OAuth2), o lo pasa de contraseña a autorización',
  'command.secrets': 'Contraseñas y tokens guardados, y la llave que los abre',
  'command.secrets.check': 'Dice qué secretos se abren con la llave de esta máquina; nunca los muestra',
  'command.secrets.rekey': 'Cifra todos los secretos con una llave nueva',
  'flag.oauth': 'Se identifica con OAuth2 en vez de contraseña: google, microsoft o custom',
  'flag.grant':
    'refresh-token (una persona autorizó) o client-credentials (la aplicación tiene permiso propio)',
  'flag.client-id': 'Identificador de la aplicación registrada con el proveedor',
  'flag.client-secret-stdin': 'Lee el secreto de la aplicación de la entrada estándar',
  'flag.client-secret-ref': 'De dónde se toma el secreto cada vez: env:NOMBRE, file:/ruta o cmd:programa',
  'flag.refresh-token-stdin':
    'Lee de la entrada estándar un refresh token obtenido en otra parte (con --secreto-stdin, en el segundo renglón)',
  'flag.tenant': 'Directorio (tenant) de Microsoft; normal: organizations',
  'flag.scope': 'Permisos que se piden, si no son los normales del proveedor',
  'flag.token-url': 'Dirección que da los tokens, si no es la del proveedor',
  'flag.device-url': 'Dirección que da el código para autorizar, si no es la del proveedor',
  'flag.forget-old':
    'Borra la llave anterior; lo que otras empresas o respaldos tengan cifrado con ella se pierde',

  'notice.device-code':
    'Abra {url} en un navegador, aquí o en otro equipo, y escriba el código {code}\nEntre con la cuenta que envía. El código vale {minutes} {minutes|minuto|minutos}; se espera…',
  'signed-in.done': 'El perfil {name} quedó autorizado ({provider}).',
  'signed-in.until': 'El primer permiso vale hasta {until}; después se renueva solo.',
  'signed-in.next': 'Pruébelo: cfdi-mail probar-smtp {name}',

  'profiles.sign-in': 'Identificación',
  'profiles.sign-in.oauth': 'OAuth2: {provider}, {grant}',
  'authority.google': 'Google',
  'authority.microsoft': 'Microsoft',
  'authority.custom': 'otro servidor (custom)',
  'grant.refresh-token': 'una persona autorizó',
  'grant.client-credentials': 'la aplicación tiene permiso propio',
  'profiles.client-id': 'Aplicación',
  'profiles.tenant': 'Directorio',
  'profiles.scope': 'Permisos',
  'profiles.token-url': 'Tokens de',
  'profiles.consented': 'Autorizado',

  'secrets.place': 'Secreto',
  'secrets.key': 'Llave',
  'secrets.state': 'Estado',
  'secrets.opens': 'se abre',
  'secrets.shut': 'no se abre ({problem})',
  'secrets.reference': 'referencia, se toma de fuera',
  'secrets.current': 'Llave en uso: {id}, en {file}',
  'secrets.no-key': 'Todavía no hay llave: se hace al guardar la primera contraseña.',
  'secrets.none': 'No hay secretos guardados.',
  'secrets.some-shut':
    'No se abren: {count}. Traiga su llave del respaldo, o guarde otra vez la contraseña con cfdi-mail probar-smtp PERFIL --guardar PERFIL, o autorice con cfdi-mail perfiles autorizar PERFIL.',
  'secrets.rekeyed': 'Cifrados de nuevo: {count}, con la llave {id}, en {file}.',
  'secrets.former':
    'La llave anterior queda en {file}: la necesitan otras empresas de esta máquina y los respaldos viejos.',
  'secrets.forgotten': 'Se borró la llave anterior, {id}.',
  'secrets.back-up': 'Respalde la llave nueva, aparte de los datos.',

  'cause.oauth-consent': 'el proveedor de correo ya no acepta la autorización, o nunca se dio',
  'remedy.oauth-consent':
    'Autorice otra vez: cfdi-mail perfiles autorizar PERFIL. Ninguna orden se pierde mientras tanto.',
  'cause.oauth-client': 'el proveedor de correo no acepta la aplicación',
  'remedy.oauth-client':
    'Revise --id-aplicacion, --inquilino, --alcance y el secreto de la aplicación (los de Microsoft caducan), y guárdelos otra vez. Vea docs/oauth.md.',
  'cause.oauth-refused': 'el servidor de correo no aceptó la autorización de ese usuario',
  'remedy.oauth-refused':
    'Revise que --usuario sea el buzón que autorizó y que el buzón tenga activado SMTP autenticado; con client-credentials, que la aplicación tenga permiso sobre el buzón. Vea docs/oauth.md.',
  'cause.oauth-unavailable': 'no contesta quien da los permisos (OAuth2)',
  'remedy.oauth-unavailable': 'Revise que esta máquina tenga Internet; se vuelve a intentar solo.',
  'cause.secret-unreadable': 'la contraseña o el token guardado no se puede abrir',
  'remedy.secret-unreadable':
    'Vea cuáles no se abren con cfdi-mail secretos revisar; traiga la llave de su respaldo, o guarde la contraseña otra vez.',

  'error.NO_OAUTH': 'El perfil {name} usa contraseña.',
  'hint.NO_OAUTH':
    'Para pasarlo a OAuth2: cfdi-mail perfiles autorizar {name} --autorizacion microsoft --id-aplicacion APLICACIÓN',
  'error.NO_REFRESH_TOKEN': 'Falta autorizar el envío con {provider} y aquí no hay una terminal.',
  'hint.NO_REFRESH_TOKEN': 'Pase un refresh token con --token-stdin, o hágalo desde una terminal.',
  'error.NO_CLIENT_SECRET': 'Falta el secreto de la aplicación {client}.',
  'hint.NO_CLIENT_SECRET': 'Páselo con --secreto-stdin, o diga dónde está con --secreto-ref.',
  'error.NO_DEVICE_CODE': 'Así no se autoriza con un código ({provider}).',
  'hint.NO_DEVICE_CODE':
    'Pase un refresh token con --token-stdin; con client-credentials nadie tiene que autorizar. Vea docs/oauth.md.',
  'error.CONSENT_REFUSED': 'No se obtuvo la autorización: {detail}.',
  'hint.CONSENT_REFUSED':
    'Repita la orden y termine en el navegador antes de que caduque el código. Si la aplicación es rechazada, vea docs/oauth.md.',
  'error.KEY_INLINE': 'La llave está en la variable CFDI_MAIL_KEY: desde aquí no se puede cambiar.',
  'hint.KEY_INLINE': 'Póngala en un archivo (CFDI_MAIL_KEY_FILE) y quite la variable.',
} as const
