/** What keeps a payment from happening twice, each taken out of the source once, and the test that has to notice. */

export interface Mutant {
  readonly name: string
  readonly file: string
  /** Stands in the file exactly once. */
  readonly from: string
  readonly to: string
  readonly test: string
  /** A part of the name of the test that fails. */
  readonly fails: string
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the flush: a write leaves without waiting for the store',
    file: 'src/gateway/sending.ts',
    from: 'const intent = await this.#begunBefore(this.#markSending())',
    to: 'const intent = true; this.#markSending().catch(() => {})',
    test: 'test/unit/intents.test.ts',
    fails: 'sends nothing when the store fails, and says so',
  },
  {
    name: 'the flush: SQLite answers before the disk has it',
    file: 'src/store/sqlite.ts',
    from: "database.pragma('synchronous = FULL')",
    to: "database.pragma('synchronous = OFF')",
    test: 'test/store/sqlite.test.ts',
    fails: 'writes ahead, flushes every commit',
  },
  {
    name: 'the claim: every call is the first with its key',
    file: 'src/store/keys.ts',
    from: 'if (holder && !isFree(holder)) return { intent: holder, claimed: false }',
    to: 'if (holder && !isFree(holder)) return { intent: holder, claimed: true }',
    test: 'test/store/store.test.ts',
    fails: 'has one winner of fifty',
  },
  {
    name: 'the fence at NetSuite: records get an external id that nobody finds again',
    file: 'src/providers/netsuite/create-step.ts',
    from: 'externalId: externalId ?? fence }',
    to: "externalId: externalId ?? 'gw_' + Math.random().toString(36).slice(2) }",
    test: 'test/providers/netsuite-steps.test.ts',
    fails: 'leaves one record when every step is sent twice',
  },
  {
    name: 'the fence at Intacct: functions may be repeated',
    file: 'src/providers/intacct/client.ts',
    from: 'once: call.controlId !== null,',
    to: 'once: false,',
    test: 'test/providers/intacct-steps.test.ts',
    fails: 'is sent once, however often',
  },
  {
    name: 'the probe: what may have been sent is sent again without a look',
    file: 'src/gateway/journal.ts',
    from: "const found = await this.#look(entry)\n        cutPoint('resolver-probed')",
    to: "const found = { outcome: 'absent' } as Probe\n        cutPoint('resolver-probed')",
    test: 'test/unit/resolver.test.ts',
    fails: 'of a write that shows itself late is found, not sent again',
  },
  {
    name: 'the probe of NetSuite: nothing is ever found',
    file: 'src/providers/netsuite/create-step.ts',
    from: "return made === null ? { outcome: 'absent' } : ",
    to: "return made !== '' ? { outcome: 'absent' } : ",
    test: 'test/providers/netsuite-steps.test.ts',
    fails: 'is finished by another process after a crash behind each of its writes',
  },
  {
    name: 'the probe of Intacct: nothing is ever found',
    file: 'src/providers/intacct/payment-probes.ts',
    from: 'const keys = await markedKeys(desk, step)',
    to: 'const keys = (await markedKeys(desk, step)).slice(0, 0)',
    test: 'test/providers/intacct-steps.test.ts',
    fails: 'is sent once, however often',
  },
  {
    name: 'the lease: the store lets anybody send',
    file: 'src/store/sql.ts',
    from: ".where('fencing', '=', hold.fencing)\n      .where('lease_until', '>', now)",
    to: '',
    test: 'test/store/leases.test.ts',
    fails: 'begins only with the current hold while its lease lasts',
  },
  {
    name: 'the lease: it is not read again right before the write',
    file: 'src/gateway/sending.ts',
    from: '    if (!intent) {\n',
    to: '    if (false) {\n',
    test: 'test/unit/resolver.test.ts',
    fails: 'sends nothing after its lease ended, though the write is still open',
  },
  {
    name: 'the window: what the ERP may still be working on is sent again at once',
    file: 'src/gateway/journal.ts',
    from: "if (!mayResend && found.outcome !== 'repeatable') throw new StillAbsent()",
    to: '',
    test: 'test/unit/resolver.test.ts',
    fails: 'is sent again only after the window',
  },
  {
    name: 'the closed list: a refusal that is not on it is believed',
    file: 'src/providers/netsuite/failures.ts',
    from: "...told(response, document, { code, applied: 'unknown', paths: [] }), recognised: listed",
    to: "...told(response, document, { code, applied: 'no', paths: [] }), recognised: listed",
    test: 'test/unit/netsuite-failures.test.ts',
    fails: 'leaves open whether a server error wrote',
  },
  {
    name: 'the comparison of asked and kept: nothing ever differs',
    file: 'src/gateway/asked.ts',
    from: 'return Object.entries(asked).flatMap(([field, value]) => {\n    const now',
    to: 'return Object.entries({} as Asked).flatMap(([field, value]) => {\n    const now',
    test: 'test/unit/asked.test.ts',
    fails: 'names the part of what is made of parts',
  },
  {
    name: 'the login rule: a code alone rests the connection',
    file: 'src/gateway/login-guard.ts',
    from: "if (!(error instanceof GatewayError) || error.options.login !== 'refused') {",
    to: "if (!(error instanceof GatewayError) || error.code !== 'provider_refused') {",
    test: 'test/unit/login-guard.test.ts',
    fails: 'is nothing else, whatever its code and words are',
  },
  {
    name: 'the claim of a record: what another write has made is taken',
    file: 'src/gateway/other-writes.ts',
    from: 'return nativeIds.filter((_, place) => !claimed[place])',
    to: 'return claimed.length === 0 ? [] : nativeIds',
    test: 'test/unit/claimed-records.test.ts',
    fails: 'the second is not taken for done because the first is there',
  },
  {
    name: 'the strict date: a day that no calendar has is taken',
    file: 'src/mapping/calendar.ts',
    from: 'day > daysIn(year, month)) return null',
    to: 'day > 31) return null',
    test: 'test/unit/mapping.test.ts',
    fails: 'know the calendar',
  },
]
