export const addendas = {
  'command.addendas': 'Addendas: lo que las cadenas piden dentro del XML',
  'command.addendas.list': 'Lista las addendas y los datos que necesita cada una',
  'command.addendas.show': 'Muestra la plantilla de una addenda y sus datos',
  'command.addendas.add': 'Da de alta una addenda propia',
  'command.addendas.set': 'Cambia la plantilla de una addenda',
  'command.addendas.remove': 'Borra una addenda; las de fábrica vuelven a su texto original',
  'command.addendas.preview': 'Muestra la addenda que llevaría un documento, o una de muestra',
  'command.addendas.check': 'Revisa una addenda, o todas',

  'argument.addenda': 'Addenda: amece71, soriana, coppel, texto, generica, o una propia',
  'argument.addendas.add.addenda': 'Nombre de la addenda nueva',
  'argument-name.addenda': 'addenda',
  'flag.addendas.add.body': 'Plantilla (Handlebars): el texto, @archivo o @- (entrada estándar)',
  'flag.addendas.set.body': 'Plantilla (Handlebars): el texto, @archivo o @- (entrada estándar)',
  'flag.addendas.preview.uuid': 'Folio fiscal de un documento del índice; si falta, uno de muestra',
  'flag.addendas.preview.client': 'Clave del cliente cuyos datos se usan; si falta, el del RFC receptor',
  'flag.addendas.preview.out': 'Archivo donde se escribe el XML completo, ya con su addenda',
  'flag.addenda': 'Addenda que se agrega al XML; ninguna no agrega',
  'flag.addenda-existing': 'Si el XML ya trae addenda: error, reemplazar o conservar',
  'flag.addenda-data': 'Archivo CSV o JSON con los datos de las addendas',
  'flag.addenda-field': 'Dato del cliente para sus addendas: proveedor=12345; vacío lo quita (repetible)',

  'types.addenda': 'Addenda',
  'types.no-addenda': 'ninguna',
  'types.addenda-existing': 'Si ya trae addenda',
  'types.addenda-existing.error': 'no se empaqueta',
  'types.addenda-existing.replace': 'se reemplaza',
  'types.addenda-existing.keep': 'se conserva la que trae',
  'customers.addenda': 'Datos de addenda',

  'addendas.name': 'Addenda',
  'addendas.origin': 'Origen',
  'addendas.types': 'Tipos',
  'addendas.required': 'Datos obligatorios',
  'addendas.optional': 'Datos opcionales (* por concepto)',
  'addendas.none': 'ninguno',
  'addendas.written': 'XML escrito en {file}',
  'addendas.change.inserted': 'Se agrega antes del cierre del comprobante.',
  'addendas.change.replaced': 'Reemplaza a la addenda que traía.',
  'addendas.change.kept': 'Se conserva la addenda que traía.',

  'reason.addenda-exists': 'el XML ya trae addenda; elija --addenda-existente reemplazar o conservar',
  'reason.addenda-data': 'faltan datos para su addenda',
  'reason.bad-addenda': 'su addenda no se pudo escribir',
  'packaged.bad-addenda':
    'Una fecha se escribe 2024-05-31 o 31/05/2024; una línea es el número de un concepto del documento. Si una hoja de cálculo abrevió un número (4.5E+09), dele formato de texto a su columna.',
  'detail.addenda.inserted': '{name}: se agregó',
  'detail.addenda.replaced': '{name}: en lugar de la que traía',
  'packaged.addenda-data':
    'Dé cada dato en el cliente (cfdi-mail clientes cambiar CLAVE --dato-addenda campo=valor), en un archivo\njunto al XML (<nombre del XML>.addenda.json, addenda.csv o addenda.json) o con --datos-addenda ARCHIVO.',

  'error.BAD_ADDENDA_FIELD': '«{value}» no es un dato de addenda.',
  'hint.BAD_ADDENDA_FIELD': 'Escríbalo como nombre=valor, por ejemplo --dato-addenda proveedor=12345',
  'error.ADDENDA_DATA_UNUSED':
    'Ningún documento de esta orden llevaría addenda: los datos de --datos-addenda no se usarían.',
  'hint.ADDENDA_DATA_UNUSED':
    'Dígala con --adenda NOMBRE, o póngala en el tipo de empaquetado: cfdi-mail tipos cambiar TIPO --adenda NOMBRE',
  'error.NOTHING_TO_CHANGE.addenda': 'Falta el texto de la addenda.',
  'hint.NOTHING_TO_CHANGE.addenda':
    'Dígalo con --cuerpo @archivo; las de fábrica sirven de principio: cfdi-mail adendas ver soriana',
  'error.ADDENDA_NOT_FOUND': 'No existe la addenda {name}.',
  'hint.ADDENDA_NOT_FOUND': 'Véalas con cfdi-mail adendas listar.',
  'error.ADDENDA_EXISTS': 'Ya existe la addenda {name}.',
  'hint.ADDENDA_EXISTS': 'Para cambiarla: cfdi-mail adendas cambiar {name} --cuerpo @archivo',
  'error.ADDENDA_IN_USE':
    'La addenda {name} no se puede borrar: la {count|usa el tipo|usan los tipos} de empaquetado {types}.',
  'hint.ADDENDA_IN_USE': 'Quítela antes de cada tipo: cfdi-mail tipos cambiar TIPO --adenda none',
  'error.BAD_ADDENDA_NAME': '«{name}» no sirve como nombre de addenda.',
  'hint.BAD_ADDENDA_NAME': 'Hasta 40 letras minúsculas sin acento, números y guiones; none está reservado.',
  'error.BAD_ADDENDA': 'La plantilla de la addenda tiene errores:\n{problems}',
  'hint.BAD_ADDENDA':
    'No se guardó. Vea los campos en docs/addenda.es.md, o parta de una: adendas ver soriana',
  'error.BAD_ADDENDA_DATA': 'El archivo de datos {file} no se puede usar: {detail}',
  'hint.BAD_ADDENDA_DATA':
    'Un CSV necesita la columna uuid, o serie y folio, y una por dato; un JSON, objetos por folio fiscal o por serie y folio. Los números de más de 15 cifras van entre comillas, y en una hoja de cálculo, como texto.',
  'error.NO_ADDENDA_PREVIEW.addenda-exists': 'El documento {document} ya trae addenda.',
  'error.NO_ADDENDA_PREVIEW.addenda-data':
    'Faltan datos para la addenda {name} del documento {document}: {detail}',
  'error.NO_ADDENDA_PREVIEW': 'La addenda {name} del documento {document} no se pudo escribir: {detail}',
  'hint.NO_ADDENDA_PREVIEW.addenda-exists': 'Use --addenda-existente reemplazar o conservar.',
  'hint.NO_ADDENDA_PREVIEW.addenda-data':
    'Dé cada dato en el cliente (cfdi-mail clientes cambiar CLAVE --dato-addenda campo=valor), en un archivo junto al XML (<nombre del XML>.addenda.json, addenda.csv o addenda.json) o con --datos-addenda ARCHIVO.',
  'hint.NO_ADDENDA_PREVIEW': 'Corrija el dato o la plantilla: cfdi-mail adendas revisar {name}',

  'place.addenda': 'plantilla',
  'place.addenda-line': 'línea {line}',
  'addenda-problem.empty': '{place}: no dice nada',
  'addenda-problem.too-long': '{place}: es demasiado larga ({found})',
  'addenda-problem.syntax': '{place}: no es Handlebars válido: {found}',
  'addenda-problem.unknown-field':
    '{place}: el campo {found} no existe; lo que no viene en el CFDI va en dato.…',
  'addenda-problem.unknown-field-nearest': '{place}: el campo {found} no existe. ¿Quiso decir {nearest}?',
  'addenda-problem.unknown-helper': '{place}: {found} no existe',
  'addenda-problem.unknown-helper-nearest': '{place}: {found} no existe. ¿Quiso decir {nearest}?',
  'addenda-problem.bad-call':
    '{place}: {found} lleva otros argumentos, por ejemplo {{fecha cfdi.Fecha "yyyyMMdd"}}',
  'addenda-problem.not-supported': '{place}: {found} no se puede usar en una addenda',
  'addenda-problem.raw-output': '{place}: {found} dejaría pasar signos sin escapar; use dos llaves',
  'addenda-problem.wrapper': '{place}: {found} sobra: la plantilla es solo lo que va dentro de la Addenda',
  'addenda-problem.malformed': '{place}: no da XML bien formado: {found}',
  'addenda-problem.render': '{place}: falla con el documento de muestra: {found}',
} as const
