/** The faults that both ERPs make during a chaos run: every kind, writes much more often than reads. */

/** Delays end well within the consistency window of the gateway under test, as the ERPs' real ones do. */
const WRITES: readonly (readonly [probability: number, fault: object])[] = [
  [0.05, { kind: 'dropBeforeCommit' }],
  [0.06, { kind: 'dropAfterCommit' }],
  [0.04, { kind: 'resetMidAnswer' }],
  [0.03, { kind: 'delay', ms: 400, when: 'before' }],
  [0.03, { kind: 'delay', ms: 400, when: 'after' }],
  [0.04, { kind: '429' }],
  [0.02, { kind: '500', when: 'before' }],
  [0.03, { kind: '500', when: 'after' }],
  [0.02, { kind: '502html', when: 'before' }],
  [0.03, { kind: '502html', when: 'after' }],
  [0.02, { kind: 'unknownError', when: 'before' }],
  [0.03, { kind: 'unknownError', when: 'after' }],
  [0.01, { kind: '403html', when: 'before' }],
  [0.02, { kind: '403html', when: 'after' }],
  [0.03, { kind: 'otherStatus' }],
  [0.03, { kind: 'truncated' }],
  [0.03, { kind: 'garbled' }],
  [0.02, { kind: 'slowTrickle', ms: 200 }],
  [0.02, { kind: 'expiredSession' }],
  [0.004, { kind: 'refuseConnections', ms: 150 }],
]
const READS: readonly (readonly [probability: number, fault: object])[] = [
  [0.008, { kind: 'dropBeforeCommit' }],
  [0.008, { kind: 'resetMidAnswer' }],
  [0.01, { kind: 'delay', ms: 100, when: 'before' }],
  [0.01, { kind: '429' }],
  [0.006, { kind: '500' }],
  [0.006, { kind: '502html' }],
  [0.006, { kind: '403html' }],
  [0.006, { kind: 'unknownError' }],
  [0.008, { kind: 'truncated' }],
  [0.008, { kind: 'garbled' }],
  [0.006, { kind: 'expiredSession' }],
  [0.006, { kind: 'slowTrickle', ms: 100 }],
]

export const storm = (seed: number): object => ({
  seed,
  rules: [
    ...WRITES.map(([probability, fault]) => ({ match: { effect: 'write', probability }, fault })),
    ...READS.map(([probability, fault]) => ({ match: { effect: 'read', probability }, fault })),
    { match: { effect: 'login', probability: 0.02 }, fault: { kind: '502html' } },
  ],
})
