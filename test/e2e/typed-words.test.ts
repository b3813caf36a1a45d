import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cliInside } from '../support/main.ts'

// Some lists took `quitar`, others only `baja`; and all templates are named as a word but by preview.
test('what takes one thing away or shows it takes the same words in every list', async (t) => {
  const program = cliInside(t)
  await program.run(['init', '--yes'])
  for (const list of ['tipos', 'clientes', 'operadores', 'papeles', 'plantillas', 'grupos'])
    for (const verb of ['quitar', 'baja', 'borrar', 'eliminar']) {
      const { stderr } = await program.run([list, verb, 'nadie'])
      assert.doesNotMatch(stderr, /No existe la orden/, `${list} ${verb}`)
    }
  const named = await program.run(['plantillas', 'previsualizar', 'credit-note'])
  assert.match(named.stdout, /^credit-note/)
  assert.equal((await program.run(['plantillas', 'previsualizar', '--plantilla', 'credit-note'])).code, 0)
})

// It was told that the column of codes is missing, among: nothing.
test('a table without a single line is told as empty, with what its first line has to say', async (t) => {
  const program = cliInside(t)
  await program.run(['init', '--yes'])
  const { code, stderr } = await program.run(['clientes', 'importar', '-'])
  assert.equal(code, 65)
  assert.match(stderr, /El archivo - está vacío\.[\s\S]*clave, nombre, rfc/)
})

// It answered: "" is no fiscal folio.
test('evidence of nothing asks of which document or order, and a group’s notice has its Spanish name', async (t) => {
  const program = cliInside(t)
  await program.run(['init', '--yes'])
  const nothing = await program.run(['constancia'])
  assert.equal(nothing.code, 64)
  assert.match(nothing.stderr, /No dijo de qué comprobante[\s\S]*--orden con una de cfdi-mail bandeja listar/)
  await program.run(['grupos', 'alta', 'MAYOREO'])
  await program.run(['clientes', 'alta', 'C1', '--correo', 'a@ure.example', '--grupo', 'MAYOREO'])
  await program.run(['grupos', 'cambiar', 'MAYOREO', '--evento', 'contacto-nuevo', '--no-activo'])
  const off = await program.run([
    'grupos',
    'avisar',
    'MAYOREO',
    '--evento',
    'contacto-nuevo',
    '--cliente',
    'C1',
  ])
  assert.match(off.stderr, /no envía el aviso contacto-nuevo\.[\s\S]*--evento contacto-nuevo --activo/)
})

// Who had typed --servidor was told to correct --host.
test('what is wrong in a profile is named by the flag that the reader types', async (t) => {
  const program = cliInside(t)
  await program.run(['init', '--yes'])
  const typed = await program.run([
    'probar-smtp',
    '--servidor',
    'mail example',
    '--remitente',
    'a@ure.example',
  ])
  assert.match(typed.stderr, /--servidor «mail example»[\s\S]*Corrija --servidor\./)
})

// Each of them did something: a customer without a name, one sending, a refusal that named letters nobody thinks of.
test('what says nothing, or goes with nothing, is told and not done', async (t) => {
  const program = cliInside(t, { CFDI_MAIL_LANG: 'es' })
  await program.run(['init', '--yes'])
  const blank = await program.run(['clientes', 'alta'])
  assert.deepEqual([blank.code, blank.stdout], [64, ''])
  assert.match(blank.stderr, /No se dijo nada del cliente/)
  assert.equal((await program.run(['clientes', 'alta', '--clase', 'proveedor'])).code, 64)
  assert.match((await program.run(['clientes', 'listar'])).stdout, /No hay/)
  const every = await program.run(['enviar', '--cada', '5m'])
  assert.deepEqual([every.code, /--cada dice .* con --vigilar/.test(every.stderr)], [64, true])
  const kind = await program.run(['empaquetar', '--todo', '--clase', 'facutra'])
  assert.match(kind.stderr, /¿Quiso decir factura\? Puede ser: I \(ingreso\), E \(egreso\)/)
  const paper = await program.run(['empaquetar', '--papeles', '.', '--clase', 'orden-compra'])
  assert.match(paper.stderr, /¿Quiso decir orden-de-compra\?/)
})

// `types set GRAL --no-folder` was a defect of the program, and `--no-data` took the usual data folder without a word.
test('a flag with a value has no --no- of its own, and says how it is emptied', async (t) => {
  const program = cliInside(t)
  await program.run(['init', '--yes'])
  for (const flag of ['folder', 'data', 'company', 'after-send']) {
    const { code, stderr } = await program.run(['types', 'set', 'GRAL', `--no-${flag}`, '--lang', 'en'])
    assert.equal(code, 64, flag)
    assert.match(stderr, new RegExp(`There is no --no-${flag}:`))
  }
})

// "Next: cfdi-mail send", copied from the screen of one company, sent what waited in another.
test('the commands that a run suggests act on the company that it was told', async (t) => {
  const program = cliInside(t)
  const made = await program.run(['iniciar', '--si', '--empresa', 'NORTE', '--idioma', 'es'])
  assert.match(made.stdout, /cfdi-mail --empresa NORTE clientes importar clientes\.csv/)
  const refused = await program.json<{ hint: string }>([
    ...['customers', 'show', 'X', '--company', 'NORTE', '--lang', 'en'],
  ])
  assert.match(refused.hint, /cfdi-mail --company NORTE customers list/)
  const other = cliInside(t, { CFDI_MAIL_COMPANY: 'NORTE' })
  assert.match((await other.run(['init', '--yes', '--lang', 'en'])).stdout, /cfdi-mail customers import/)
})

// "clientes contactos agregar C00001 ana@x.mx" did not know the address.
test('the address of a new contact is a word, or the value of its flag, and not both', async (t) => {
  const program = cliInside(t)
  await program.run(['init', '--yes'])
  await program.run(['clientes', 'alta', 'C1', '--correo', 'a@ure.example'])
  const add = ['clientes', 'contactos', 'agregar', 'C1']
  assert.equal((await program.run([...add, 'ana@ure.example', '--enviar'])).code, 0)
  const shown = await program.run([...add, '--correo', 'luis@ure.example'])
  assert.match(shown.stdout, /ana@ure\.example[\s\S]*luis@ure\.example/)
  const both = await program.run([...add, 'eva@ure.example', '--correo', 'eva@ure.example'])
  assert.equal(both.code, 64)
  assert.match(both.stderr, /Las opciones eva@ure\.example, --correo no van juntas\./)
})
