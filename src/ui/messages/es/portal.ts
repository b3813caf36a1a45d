export const portal = {
  'command.customers.access': 'Acceso del cliente al portal: lo muestra, o cambia usuario y contraseña',
  'flag.customers.access.user':
    'Usuario del portal; si nadie lo cambia, es el RFC o, si otro lo tiene, la clave',
  'flag.customers.access.password-stdin':
    'La contraseña es la primera línea de la entrada estándar; solo se guarda su huella',
  'flag.customers.access.reset': 'Olvida la contraseña: el siguiente correo con acceso lleva una nueva',
  'flag.portal-access':
    'Los correos llevan el acceso al portal: no, con-archivos (además de ellos) o en-vez (en lugar de ellos)',

  'portal.user': 'Usuario',
  'portal.password': 'Contraseña',
  'portal.password.none': 'ninguna; el siguiente correo con acceso lleva la primera',
  'portal.password.first': 'la primera, hecha por el programa',
  'portal.password.own': 'puesta a mano',
  'portal.pending': 'Por enviar en la orden',
  'portal.since': 'Desde',
  'portal.page': 'Portal',
  'portal.no-page': 'sin dirección: ponga portalUrl en los ajustes',

  'types.portal-access': 'Acceso al portal',
  'types.portal-access.off': 'no va en el correo',
  'types.portal-access.with': 'va con los archivos',
  'types.portal-access.instead': 'va en vez de los archivos',
  'types.portal-access-law':
    'La ley pide entregar el XML o ponerlo a disposición del cliente (CFF 29, fracción V): con «en-vez» eso solo se cumple si puede descargarlo del portal desde que recibe el correo. Lo seguro es --acceso-portal con-archivos.',
  'types.portal-access-body':
    'El texto propio de este tipo no lleva @@nickname_asociado ni @@url_ingresar_kiosko: el correo no dirá cómo entrar. Agréguelos, o quite el texto con --cuerpo "".',
  'types.portal-access-body.instead':
    'El texto propio de este tipo no lleva @@url_ingresar_kiosko: sin archivos y sin la página del portal, sus correos no salen. Agréguelo, o quite el texto con --cuerpo "".',

  'reason.no-portal-url': 'su correo lleva el acceso al portal y falta portalUrl en los ajustes',
  'reason.no-portal-text':
    'su correo va sin archivos y su texto no dice dónde está el portal: póngale @@url_ingresar_kiosko (en ajustes-documento, tipos cambiar o plantillas), o deje el de fábrica',
  'error.PORTAL_UNSAID': 'El correo iría sin archivos y sin decir dónde está el portal.',
  'hint.PORTAL_UNSAID':
    'Ponga @@url_ingresar_kiosko en el texto del tipo {type}, de su plantilla o de ajustes-documento.',
  'doctor.finding.portal-url-missing':
    '{count|El tipo|Los tipos} {types} {count|envía|envían} el acceso al portal y no hay dirección: ponga portalUrl en {file}.',
  'doctor.finding.portal-ready': 'Los correos llevan el acceso a {url}.',
  'event.portal-access-given': 'acceso al portal dado',
  'event.portal-access-saved': 'acceso al portal cambiado',
  'expected.url': 'una dirección que empiece con https:// o http://',
  'problem.password-in-subject': 'la contraseña no puede ir en el título: se ve en listas y avisos',

  'field.portalUser': 'usuario del cliente en el portal',
  'field.portalPassword': 'primera contraseña, solo en el correo que la estrena; después queda vacío',
  'field.portalUrl': 'página para entrar al portal; puede ir en href="…"',
  'field.portalRecoveryUrl': 'página para recuperar la contraseña; puede ir en href="…"',

  'error.CHOOSE_PASSWORD': 'Pidió poner una contraseña y a la vez quitarla.',
  'hint.CHOOSE_PASSWORD': 'Use --clave-stdin o --restablecer, no los dos.',
  'error.BAD_PORTAL_ACCESS.user': '«{value}» no sirve como usuario del portal.',
  'hint.BAD_PORTAL_ACCESS.user': 'De 3 a 60 letras, cifras y los signos . _ - & @, sin espacios.',
  'error.BAD_PORTAL_ACCESS.taken': 'El usuario {value} ya es del cliente {owner}.',
  'hint.BAD_PORTAL_ACCESS.taken':
    'Elija otro con --usuario; el acceso de {owner}: cfdi-mail clientes acceso {owner}',
  'error.BAD_PORTAL_ACCESS.password': 'La contraseña debe tener de {least} a {most} caracteres.',
  'hint.BAD_PORTAL_ACCESS.password': 'Escríbala en la primera línea de la entrada estándar.',
  'error.BAD_PORTAL_ACCESS': 'El acceso al portal no sirve.',
} as const
