import type { addendas as es } from '../es/addendas.ts'

export const addendas: Record<keyof typeof es, string> = {
  'command.addendas': 'Addendas: what chains want inside the XML',
  'command.addendas.list': 'Lists the addendas and the data that each needs',
  'command.addendas.show': "Shows an addenda's template and its data",
  'command.addendas.add': 'Adds an addenda of your own',
  'command.addendas.set': "Changes an addenda's template",
  'command.addendas.remove': 'Removes an addenda; a built-in one gets its own text back',
  'command.addendas.preview': 'Shows the addenda that a document would get, or a sample',
  'command.addendas.check': 'Checks one addenda, or all',

  'argument.addenda': 'Addenda: amece71, soriana, coppel, texto, generica, or one of your own',
  'argument.addendas.add.addenda': 'Name of the new addenda',
  'argument-name.addenda': 'addenda',
  'flag.addendas.add.body': 'Template (Handlebars): the text, @file or @- (standard input)',
  'flag.addendas.set.body': 'Template (Handlebars): the text, @file or @- (standard input)',
  'flag.addendas.preview.uuid': 'Fiscal folio of an indexed document; a sample without it',
  'flag.addendas.preview.client': 'Code of the customer whose data count; else the one of the RFC',
  'flag.addendas.preview.out': 'File to write the whole XML to, its addenda included',
  'flag.addenda': 'Addenda that is added to the XML; none adds none',
  'flag.addenda-existing': 'When the XML has an addenda already: error, replace or keep',
  'flag.addenda-data': 'CSV or JSON file with the data of the addendas',
  'flag.addenda-field': "Customer's value for its addendas: proveedor=12345; empty removes it (repeatable)",

  'types.addenda': 'Addenda',
  'types.no-addenda': 'none',
  'types.addenda-existing': 'When there is one',
  'types.addenda-existing.error': 'the document is not packaged',
  'types.addenda-existing.replace': 'it is replaced',
  'types.addenda-existing.keep': 'it is kept, and none is added',
  'customers.addenda': 'For addendas',

  'addendas.name': 'Addenda',
  'addendas.origin': 'Origin',
  'addendas.types': 'Types',
  'addendas.required': 'Required data',
  'addendas.optional': 'Optional data (* for each Concepto)',
  'addendas.none': 'none',
  'addendas.written': 'XML written to {file}',
  'addendas.change.inserted': "It is put in before the document's end tag.",
  'addendas.change.replaced': 'It replaces the addenda that was there.',
  'addendas.change.kept': 'The addenda that is there is kept.',

  'reason.addenda-exists': 'the XML has an addenda already; choose --addenda-existing replace or keep',
  'reason.addenda-data': 'data for its addenda are missing',
  'reason.bad-addenda': 'its addenda could not be written',
  'packaged.bad-addenda':
    'A date is written 2024-05-31 or 31/05/2024; a line is the number of a Concepto of the document. Where a spreadsheet shortened a number (4.5E+09), give its column the format of text.',
  'detail.addenda.inserted': '{name}: put in',
  'detail.addenda.replaced': '{name}: in place of the one that was there',
  'packaged.addenda-data':
    'Give each datum with the customer (cfdi-mail customers set CODE --addenda-field field=value), in a file\nbeside the XML (<name of the XML>.addenda.json, addenda.csv or addenda.json), or with --addenda-data FILE.',

  'error.BAD_ADDENDA_FIELD': '"{value}" is no datum for an addenda.',
  'hint.BAD_ADDENDA_FIELD': 'Write it as name=value, such as --addenda-field proveedor=12345',
  'error.ADDENDA_DATA_UNUSED':
    'No document of this command would get an addenda: the data of --addenda-data would be left aside.',
  'hint.ADDENDA_DATA_UNUSED':
    'Name one with --addenda NAME, or give it to the packaging type: cfdi-mail types set TYPE --addenda NAME',
  'error.NOTHING_TO_CHANGE.addenda': 'The text of the addenda is missing.',
  'hint.NOTHING_TO_CHANGE.addenda':
    'Give it with --body @file; those that come with the program are a beginning: cfdi-mail addendas show soriana',
  'error.ADDENDA_NOT_FOUND': 'There is no addenda {name}.',
  'hint.ADDENDA_NOT_FOUND': 'See them with cfdi-mail addendas list.',
  'error.ADDENDA_EXISTS': 'There is an addenda {name} already.',
  'hint.ADDENDA_EXISTS': 'To change it: cfdi-mail addendas set {name} --body @file',
  'error.ADDENDA_IN_USE':
    'The addenda {name} cannot be removed: packaging {count|type|types} {types} {count|uses|use} it.',
  'hint.ADDENDA_IN_USE': 'Take it off each type first: cfdi-mail types set TYPE --addenda none',
  'error.BAD_ADDENDA_NAME': '"{name}" cannot be an addenda’s name.',
  'hint.BAD_ADDENDA_NAME': 'Up to 40 lower-case letters, digits and hyphens; none is reserved.',
  'error.BAD_ADDENDA': "The addenda's template has errors:\n{problems}",
  'hint.BAD_ADDENDA':
    'It was not saved. See the fields in docs/addenda.md, or begin with one: addendas show soriana',
  'error.BAD_ADDENDA_DATA': 'The data file {file} cannot be used: {detail}',
  'hint.BAD_ADDENDA_DATA':
    'A CSV needs a column uuid, or serie and folio, and one for each datum; a JSON, objects by UUID or by serie and folio. Numbers of more than 15 digits go in quotes.',
  'error.NO_ADDENDA_PREVIEW.addenda-exists': 'The document {document} has an addenda already.',
  'error.NO_ADDENDA_PREVIEW.addenda-data':
    'Data are missing for the addenda {name} of the document {document}: {detail}',
  'error.NO_ADDENDA_PREVIEW': 'The addenda {name} of the document {document} could not be written: {detail}',
  'hint.NO_ADDENDA_PREVIEW.addenda-exists': 'Use --addenda-existing replace or keep.',
  'hint.NO_ADDENDA_PREVIEW.addenda-data':
    'Give each datum with the customer (cfdi-mail customers set CODE --addenda-field field=value), in a file beside the XML (<name of the XML>.addenda.json, addenda.csv or addenda.json), or with --addenda-data FILE.',
  'hint.NO_ADDENDA_PREVIEW': 'Correct the datum or the template: cfdi-mail addendas check {name}',

  'place.addenda': 'template',
  'place.addenda-line': 'line {line}',
  'addenda-problem.empty': '{place}: it says nothing',
  'addenda-problem.too-long': '{place}: it is too long ({found})',
  'addenda-problem.syntax': '{place}: it is not valid Handlebars: {found}',
  'addenda-problem.unknown-field':
    '{place}: there is no field {found}; what is not in the CFDI goes in dato.…',
  'addenda-problem.unknown-field-nearest': '{place}: there is no field {found}. Did you mean {nearest}?',
  'addenda-problem.unknown-helper': '{place}: there is no {found}',
  'addenda-problem.unknown-helper-nearest': '{place}: there is no {found}. Did you mean {nearest}?',
  'addenda-problem.bad-call':
    '{place}: {found} takes other arguments, such as {{date cfdi.Fecha "yyyyMMdd"}}',
  'addenda-problem.not-supported': '{place}: {found} cannot be used in an addenda',
  'addenda-problem.raw-output': '{place}: {found} would let signs through unescaped; use two braces',
  'addenda-problem.wrapper': '{place}: {found} is too much: a template is only what goes inside the Addenda',
  'addenda-problem.malformed': '{place}: it does not give well-formed XML: {found}',
  'addenda-problem.render': '{place}: it fails with the sample document: {found}',
}
