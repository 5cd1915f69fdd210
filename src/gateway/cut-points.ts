/**
 * Named places where a test may kill the process as hard as a power cut does, to prove that nothing is lost or done
 * twice there. Without `GATEWAY_CUT_POINT` nothing ever happens here.
 */

export const CUT_POINTS = [
  'claimed',
  'planned',
  'before-mark-sending',
  'after-mark-sending',
  'before-first-byte',
  'after-answer',
  'before-step-two',
  'after-step-two',
  'before-succeed-stored',
  'after-succeed-stored',
  'before-answer-sent',
  'promised',
  'resolver-taken',
  'resolver-probed',
  'resolver-before-resend',
  'resolver-after-resend',
  'resolver-before-end',
] as const
export type CutPoint = (typeof CUT_POINTS)[number]

let armed: { name: string; left: number; die: () => void } | null = null

/** `<name>` or `<name>:<nth>`: the process dies when it comes there for the nth time (the first without a number). */
export function armCutPoint(setting: string | undefined, die: () => void): void {
  if (setting === undefined || setting === '') {
    armed = null
    return
  }
  const [name = '', nth = '1'] = setting.split(':')
  if (!(CUT_POINTS as readonly string[]).includes(name)) throw new Error(`There is no cut point "${name}".`)
  armed = { name, left: Number(nth), die }
}

export function cutPoint(name: CutPoint): void {
  if (armed?.name === name && --armed.left === 0) armed.die()
}
