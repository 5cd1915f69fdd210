/** A keyed table beside the books (contacts, drafts, …) that takes part in the company's transactions. */

/** Steps that undo what was done since the journal was emptied. */
export class Journal {
  readonly #steps: (() => void)[] = []
  #depth = 0

  record(undo: () => void): void {
    if (this.#depth > 0) this.#steps.push(undo)
  }

  /** Undoes what `work` changed when it throws. Can be nested. */
  run<Result>(work: () => Result): Result {
    const start = this.#steps.length
    this.#depth += 1
    try {
      return work()
    } catch (error) {
      this.#depth = -this.#depth
      for (const undo of this.#steps.splice(start).reverse()) undo()
      this.#depth = -this.#depth
      throw error
    } finally {
      this.#depth -= 1
      if (this.#depth === 0) this.#steps.length = 0
    }
  }
}

export class Table<Row> {
  readonly #rows = new Map<string, Row>()
  readonly #journal: Journal

  constructor(journal: Journal) {
    this.#journal = journal
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key)
  }

  values(): IterableIterator<Row> {
    return this.#rows.values()
  }

  /** `undefined` takes the row away. */
  put(key: string, row: Row | undefined): void {
    const before = this.#rows.get(key)
    if (row === undefined) this.#rows.delete(key)
    else this.#rows.set(key, row)
    this.#journal.record(() => this.put(key, before))
  }

  copy(): ReadonlyMap<string, Row> {
    return new Map(this.#rows)
  }

  restore(copy: ReadonlyMap<string, Row>): void {
    this.#rows.clear()
    for (const [key, row] of copy) this.#rows.set(key, row)
  }
}
