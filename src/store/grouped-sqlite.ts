/**
 * SQLite for kysely where the statements of one turn of the event loop share one commit: flushing to the disk is what
 * costs, and fifty calls at once need it once. A statement answers when its commit is on the disk; one that fails, fails alone.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteDialect,
} from 'kysely'
import type Libsql from 'libsql'

interface Waiting {
  readonly query: CompiledQuery
  readonly resolve: (result: QueryResult<never>) => void
  readonly reject: (error: unknown) => void
}
type Outcome = { readonly rows: never[] } | { readonly error: unknown }

export class GroupedSqliteDialect extends SqliteDialect {
  readonly #database: Libsql.Database

  constructor(database: Libsql.Database) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new GroupedDriver(this.#database)
  }
}

class GroupedDriver implements Driver, DatabaseConnection {
  readonly #database: Libsql.Database
  /** Every statement of the store is made once; their number is small and fixed. */
  readonly #statements = new Map<string, Libsql.Statement>()
  #waiting: Waiting[] = []

  constructor(database: Libsql.Database) {
    this.#database = database
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ query, resolve, reject })
      if (this.#waiting.length === 1) setImmediate(() => this.#runWaiting())
    })
  }

  #runWaiting(): void {
    const group = this.#waiting
    this.#waiting = []
    if (group.length === 0) return
    let outcomes: Outcome[]
    try {
      const writes = group.filter(({ query }) => !SelectQueryNode.is(query.query)).length
      // One write alone commits by itself, and reads need no commit.
      outcomes = writes > 1 ? this.#inOneTransaction(group) : group.map((one) => this.#attempt(one))
    } catch (error) {
      outcomes = group.map(() => ({ error }))
    }
    group.forEach(({ resolve, reject }, place) => {
      const outcome = outcomes[place] as Outcome
      if ('error' in outcome) reject(outcome.error)
      else resolve(outcome)
    })
  }

  /** Throws when nothing of the group was kept. */
  #inOneTransaction(group: readonly Waiting[]): Outcome[] {
    this.#database.exec('begin immediate')
    try {
      const outcomes = group.map((one) => {
        const outcome = this.#attempt(one)
        // A broken constraint undoes its own statement only; a full disk undoes the transaction, and what came before with it.
        if ('error' in outcome && !this.#database.inTransaction) throw outcome.error
        return outcome
      })
      this.#database.exec('commit')
      return outcomes
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('rollback')
      throw error
    }
  }

  #attempt({ query: { sql, parameters } }: Waiting): Outcome {
    try {
      const statement = this.#statements.get(sql) ?? this.#database.prepare(sql)
      this.#statements.set(sql, statement)
      if (statement.reader) return { rows: statement.all(parameters) as never[] }
      statement.run(parameters)
      return { rows: [] }
    } catch (error) {
      return { error }
    }
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#runWaiting()
    this.#database.close()
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Rows are not streamed here.')
  }

  beginTransaction(): Promise<void> {
    return refuse()
  }

  commitTransaction(): Promise<void> {
    return refuse()
  }

  rollbackTransaction(): Promise<void> {
    return refuse()
  }
}

const refuse = async (): Promise<never> => {
  throw new Error('Statements of other calls would end up in this transaction.')
}
