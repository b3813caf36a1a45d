import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readCsv, writeCsv } from '../../src/core/files/csv.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readCsv(utf8(text))
const plain = (text: string | Uint8Array) => {
  const { headers, rows } = readCsv(typeof text === 'string' ? utf8(text) : text)
  return [headers, ...rows.map((row) => [...row.cells.values()])]
}

describe('reading a table', () => {
  const expected = [
    ['clave', 'nombre'],
    ['C1', 'Ñandú'],
  ]

  for (const [name, text] of [
    ['commas', 'Clave,Nombre\nC1,Ñandú\n'],
    ['semicolons and CRLF', 'Clave;Nombre\r\nC1;Ñandú\r\n'],
    ['tabs', 'Clave\tNombre\nC1\tÑandú'],
    ['a byte order mark', '\ufeffClave,Nombre\nC1,Ñandú\n'],
    ["a spreadsheet's separator line", 'sep=;\r\nClave;Nombre\r\nC1;Ñandú\r\n'],
    ['quotes around every cell', '"Clave","Nombre"\n"C1","Ñandú"\n'],
    ['empty lines', '\n\nClave,Nombre\n\nC1,Ñandú\n\n'],
  ] as const) {
    test(`takes ${name}`, () => assert.deepEqual(plain(text), expected))
  }

  test('takes Windows-1252 where the bytes are no UTF-8', () => {
    const bytes = Buffer.from('Clave,Nombre\nC1,\xd1and\xfa\n', 'latin1')
    assert.deepEqual(plain(bytes), expected)
  })

  test('keeps the quotes, the dash and the euro of Windows-1252', () => {
    const bytes = Buffer.from('Clave,Nombre\nC1,\x93A\x94 \x96 \x80\n', 'latin1')
    assert.equal(readCsv(bytes).rows[0]?.cells.get('nombre'), '“A” – €')
  })

  test('takes UTF-16 with its mark, as "Unicode text" is saved', () => {
    const bytes = Buffer.from('\ufeffClave\tNombre\r\nC1\tÑandú\r\n', 'utf16le')
    assert.deepEqual(plain(bytes), expected)
  })

  test('brings header names to letters and digits in lower case', () => {
    const { headers } = read('E-mail Facturación; Clave ;billingEmail;empaquetado CFD\n')
    assert.deepEqual(headers, ['emailfacturacion', 'clave', 'billingemail', 'empaquetadocfd'])
  })

  test('keeps separators and line ends inside quotes and counts the lines of the file', () => {
    const { rows } = read('a,b\n1,"x,\ny"\n\n2,z\n')
    assert.deepEqual(
      rows.map((row) => [row.line, row.cells.get('b')]),
      [
        [2, 'x,\ny'],
        [5, 'z'],
      ],
    )
  })

  test('counts the lines of cells with CRLF as the editor does', () => {
    const { rows } = read('sep=,\r\na,b\r\n1,"x\r\ny"\r\n2,"\n\n"\r\n\r\n3,z\r\n')
    assert.deepEqual(
      rows.map(({ line }) => line),
      [3, 5, 9],
    )
  })

  test('keeps the titles, and names a column without one by its place', () => {
    const { headers, titles, rows } = read('Clave,,¿?\nC1,x,y\n')
    assert.deepEqual(
      [headers, titles],
      [
        ['clave', '#2', '#3'],
        ['Clave', '', '¿?'],
      ],
    )
    assert.equal(rows[0]?.cells.get('#2'), 'x')
  })

  test('tells the cells that no column has, and leaves out those that a short row lacks', () => {
    const { rows } = read('a,b\n1,2,3,4\n1\n')
    assert.deepEqual(
      rows.map((row) => [row.extraCells, row.cells.has('b')]),
      [
        [2, true],
        [0, false],
      ],
    )
  })

  test('turns control characters into spaces', () => {
    assert.equal(read('a\n\u001b]0;x\u0007\u0000\n').rows[0]?.cells.get('a'), ' ]0;x  ')
  })

  test('says on which line a quote opens that does not close', () => {
    assert.throws(() => read('a,b\n1,"x\ny"\n"3,4\n5,6\n'), {
      code: 'BAD_CSV',
      params: { line: 4, column: 1, problem: 'csv-quote' },
    })
  })

  test('an empty file is a table without headers', () => {
    assert.deepEqual(read(''), { headers: [], titles: [], rows: [] })
  })
})

describe('writing a table', () => {
  test('puts every cell in quotes and doubles the quotes inside', () => {
    assert.equal(writeCsv(['a', 'b'], [['x "y"', '']]), '"a","b"\r\n"x ""y""",""\r\n')
  })

  const formulas = ['=1+1', '+5', '-5', '@sum', '\tx', '\rx', '\uff1d1', "'=1", "''@x"]
  test('row 114: guards what a spreadsheet would calculate', () => {
    const lines = writeCsv(
      ['a'],
      formulas.map((cell) => [cell]),
    )
    for (const cell of formulas) assert.ok(lines.includes(`"'${cell}"`), cell)
  })

  test('reading takes the guard off again and nothing else', () => {
    const cells = [
      ...formulas.filter((cell) => !cell.startsWith('\r')),
      "'80s",
      "O'Brien",
      "'",
      'x=1',
      'López, "Ana"\ny',
    ]
    const { rows } = read(
      writeCsv(
        ['a'],
        cells.map((cell) => [cell]),
      ),
    )
    assert.deepEqual(
      rows.map((row) => row.cells.get('a')),
      cells,
    )
  })
})

// A workbook was read as text: its bytes were listed on the screen as the names of its columns.
test('a workbook that was never saved as CSV is told as one', () => {
  for (const start of [
    [0x50, 0x4b, 0x03, 0x04],
    [0xd0, 0xcf, 0x11, 0xe0],
  ])
    assert.throws(() => readCsv(Uint8Array.from([...start, 0, 1, 2])), {
      code: 'BAD_CSV',
      params: { variant: 'workbook' },
    })
})
