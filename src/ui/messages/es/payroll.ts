/** Words for payroll: employees, their documents and what keeps one from leaving. */
export const payroll = {
  'field.curp': 'CURP',
  'field.employeeNumber': 'número de empleado',
  'flag.curp': 'CURP del empleado; distingue a quienes comparten RFC',
  'flag.employee-number': 'Número de empleado, como en el complemento de nómina',
  'problem.bad-curp': 'no tiene forma de CURP',
  'error.BAD_CUSTOMER.curp': '«{value}» no tiene forma de CURP.',
  'hint.BAD_CUSTOMER.curp': 'La CURP lleva 18 caracteres, por ejemplo XOJI740919MDFDMN00.',
  'why.not-own': 'a un empleado solo se le envía a su correo de la carátula',
  'why.several': 'es uno de varios: deje uno solo',
  'customers.several-addresses':
    'Un empleado lleva una sola dirección, la propia: con varias no se le envía nada. Deje una: cfdi-mail clientes cambiar {code} --correo nombre@dominio.mx',
  'finding.several-addresses': 'un empleado lleva una sola dirección, la propia',
  'customers.curp': 'CURP',
  'customers.employee-number': 'Número de empleado',
  'reason.no-employee':
    'ningún empleado tiene ese RFC; dé de alta al empleado con clientes alta --clase empleado',
  'reason.other-employee':
    'la CURP o el número de empleado del recibo no son los del empleado con ese RFC; revíselos con clientes cambiar --curp --numero-empleado',
  'reason.ambiguous-employee':
    'varios empleados tienen ese RFC; póngales su CURP o número con clientes cambiar --curp --numero-empleado',
  'reason.several-addresses': 'el empleado tiene varias direcciones; deje una con clientes cambiar --correo',
  'reason.shared-address': 'la dirección también es de otro empleado; cada uno necesita la propia',
  'order-reason.payroll-mixed': 'lleva nómina junto con otros documentos, o de varios empleados',
  'order-reason.not-own-address':
    'un destinatario no es la dirección propia del empleado: la nómina no sale a nadie más',
  'error.NOT_OWN_ADDRESS':
    '{address} no es la dirección propia del empleado {code}: su nómina no sale a nadie más.',
  'hint.NOT_OWN_ADDRESS':
    'Sin --para se envía a la suya. Si esta es la suya ahora, y de ningún otro empleado: agregue --guardar, o cfdi-mail clientes cambiar {code} --correo {address}',
  'redirected.payroll':
    'nómina: no se desvía, solo sale a su empleado. Para ver cómo queda: enviar --ensayo CARPETA',
  'reason.no-password':
    'falta el dato de su contraseña, o es muy corto; --json dice cuál: clientes cambiar --rfc, --curp o --numero-empleado; file-password: clientes clave-archivos',
  'reason.password-in-mail':
    'el correo diría la contraseña; quite de la plantilla el RFC, la CURP o el número',
  'error.PASSWORD_IN_MAIL': 'El correo de {code} diría la contraseña con que se abren sus archivos.',
  'hint.PASSWORD_IN_MAIL':
    'Quite de la plantilla o del tipo {type} el RFC, la CURP o el número del empleado; o elija otra regla con tipos cambiar {type} --regla-contrasena',
  'flag.password-rule':
    'Adjunta un ZIP que se abre con contraseña: rfc-ultimos-4, rfc, curp, numero-empleado, propia, o ninguna',
  'flag.password-hint': 'Lo que dice el correo de la contraseña, en lugar de la regla; vacío lo quita',
  'types.password-hint': 'El correo dice',
  'command.customers.file-password':
    'Contraseña propia de un cliente o empleado para abrir sus archivos (tipos cambiar --regla-contrasena propia)',
  'flag.customers.file-password.password-stdin': 'Lee la contraseña de la entrada estándar',
  'flag.customers.file-password.clear': 'Olvida la contraseña',
  'subject.file-password': 'la contraseña de archivos de',
  'error.BAD_FILE_PASSWORD':
    'La contraseña lleva de {least} a {most} letras sin acento, cifras y signos, sin espacios al principio ni al final.',
  'hint.BAD_FILE_PASSWORD': 'Escríbala en la primera línea de la entrada estándar.',
  'error.CHOOSE_FILE_PASSWORD': 'Diga si se guarda una contraseña o se olvida la que hay.',
  'error.NO_FILE_PASSWORD': '{code} no tiene contraseña para sus archivos: falta {field}.',
  'hint.NO_FILE_PASSWORD':
    'Póngala con clientes cambiar, o con clientes clave-archivos {code} --clave-stdin.',
  'hint.CHOOSE_FILE_PASSWORD': 'Use --clave-stdin o --quitar, uno de los dos.',
  'types.password': 'Contraseña del ZIP',
  'types.password.rfc-last-4': 'los últimos 4 del RFC',
  'types.password.rfc': 'el RFC',
  'types.password.curp': 'la CURP',
  'types.password.employee-number': 'el número de empleado',
  'types.password.own': 'la propia de cada quien',
  'types.password.none': 'ninguna',
  'flag.by-date': 'De qué fecha es el periodo: emision, pago (de la nómina) o periodo (su último día)',
} as const
