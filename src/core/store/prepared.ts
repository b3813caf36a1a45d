import type Database from 'better-sqlite3'
import type { Compilable, CompiledQuery } from 'kysely'
import { engineOf } from './engine.ts'
import type { Db } from './schema.ts'
import { isFew, rowReader } from './statement-rows.ts'
import { telling } from './store-error.ts'

/** Where an execution's own value goes. */
const BLANK = Symbol('blank')

interface Known {
  readonly query: CompiledQuery
  /** For each parameter of the statement the name of its value, or the value that it always has. */
  readonly parameters: readonly { readonly blank: string | null; readonly value: unknown }[]
}

/**
 * A statement that is built once and executed often, at once and past the query layer: building takes ten times what SQLite needs
 * for it, the layer's promises three times, and a message takes ten statements. For what runs once a message; elsewhere the query
 * builder is easier to read. What writes is for the inside of a transaction: outside of one it would fall into whichever is open.
 * @param build writes the statement with `blank.name` where the value of that name goes. It is asked once, whatever the store: all
 *   stores speak SQLite. Conditions like `value === null` belong into two statements
 * @returns executes it and gives its rows
 */
export function prepared<V extends object, R>(
  build: (db: Db, blank: V) => Compilable<R>,
): (db: Db, values: V) => readonly R[] {
  return keeping(build, executing) as (db: Db, values: V) => readonly R[]
}

/**
 * The same for a page of rows of many columns, of which each comes as the list of its values: to make an object of it by the
 * names of its columns takes as long as SQLite needs for the row.
 * @returns gives the values in the order in which the statement names its columns
 */
export function preparedValues<V extends object>(
  build: (db: Db, blank: V) => Compilable,
): (db: Db, values: V) => readonly unknown[] {
  return keeping(build, (database, text) => {
    const statement = database.prepare(text).raw()
    return (values) => statement.all(values)
  })
}

type Execute = (values: readonly unknown[]) => readonly unknown[]

function keeping<V extends object>(
  build: (db: Db, blank: V) => Compilable,
  make: (database: Database.Database, text: string) => Execute,
): (db: Db, values: V) => readonly unknown[] {
  let known: Known | undefined
  const statements = new WeakMap<Database.Database, Execute>()
  return (db, values) => {
    const { query, parameters } = (known ??= compile(build(db, BLANKS as V)))
    const filled = parameters.map(({ blank, value }) => (blank === null ? value : values[blank as keyof V]))
    const { database, file } = engineOf(db)
    return telling(file, () => {
      let execute = statements.get(database)
      if (execute === undefined) statements.set(database, (execute = make(database, query.sql)))
      return execute(filled)
    })
  }
}

/** A page of rows is read in the way that is cheaper for many, one or two rows in the driver's own. */
function executing(database: Database.Database, text: string): Execute {
  const statement = database.prepare(text)
  if (statement.reader && isFew(text)) {
    const rows = rowReader(statement, 'all')
    return (values) => [...rows(values)]
  }
  if (statement.reader) return (values) => statement.all(values)
  return (values) => {
    statement.run(values)
    return []
  }
}

/** Kysely takes any object for a value and hands it through to the parameters, where it is found again. */
const BLANKS = new Proxy({}, { get: (_, name) => ({ [BLANK]: name }) })

function compile(built: Compilable): Known {
  const query = built.compile()
  return { query, parameters: query.parameters.map((value) => ({ blank: nameOf(value), value })) }
}

function nameOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && BLANK in value ? String(value[BLANK]) : null
}
