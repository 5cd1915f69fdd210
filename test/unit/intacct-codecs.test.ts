/** Dates, timestamps, words and countries as Intacct spells them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GarbledValue } from '../../src/mapping/codec.ts'
import { today } from '../../src/mapping/zone.ts'
import { auditTimestamp, flag, timestamp, userDate, words } from '../../src/providers/intacct/codecs.ts'
import { countryCode, countryName } from '../../src/providers/intacct/countries.ts'

const inZone = (timeZone: string) => ({ currency: null, timeZone })
const utc = inZone('UTC')

describe('dates', () => {
  it('reads and writes mm/dd/yyyy', () => {
    expect(userDate.decode('01/31/2026', utc)).toBe('2026-01-31')
    expect(userDate.decode('1/5/2026', utc)).toBe('2026-01-05')
    expect(userDate.decode('01/31/2026 10:00:00', utc)).toBe('2026-01-31')
    expect(userDate.encode('2026-01-31', utc)).toBe('01/31/2026')
    expect(() => userDate.decode('31.01.2026', utc)).toThrow(GarbledValue)
  })

  it.each([
    ['UTC', '01/30/2026 17:05:09', '2026-01-30T17:05:09Z'],
    ['America/Los_Angeles', '09/16/2013 15:50:21', '2013-09-16T22:50:21Z'],
    ['America/Los_Angeles', '01/16/2013 15:50:21', '2013-01-16T23:50:21Z'],
    ['Europe/London', '03/29/2026 02:30:00', '2026-03-29T01:30:00Z'],
    ['Asia/Kolkata', '01/01/2026 00:00:00', '2025-12-31T18:30:00Z'],
  ])('reads a timestamp of %s', (zone, theirs, ours) => {
    expect(timestamp.decode(theirs, inZone(zone))).toBe(ours)
    expect(timestamp.encode(ours, inZone(zone))).toBe(theirs)
  })

  it('turns every second that a clock shows once both ways', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_500_000_000, max: 2_000_000_000 }),
        fc.constantFrom('UTC', 'Asia/Kolkata', 'America/Los_Angeles'),
        (second, zone) => {
          const ours = new Date(second * 1000).toISOString().replace('.000Z', 'Z')
          const back = timestamp.decode(timestamp.encode(ours, inZone(zone)), inZone(zone))
          // In the hour that a clock shows twice either reading is right.
          expect([0, 3_600_000]).toContain(Math.abs(Date.parse(back) - Date.parse(ours)))
          expect(timestamp.encode(back, inZone(zone))).toBe(timestamp.encode(ours, inZone(zone)))
        },
      ),
    )
  })

  it('reads audit timestamps in UTC whatever the zone', () => {
    expect(auditTimestamp.decode('09/16/2013 22:50:21', inZone('America/Los_Angeles'))).toBe('2013-09-16T22:50:21Z')
  })

  it('knows which day it is elsewhere', () => {
    expect(today(new Date('2026-04-15T02:00:00Z'), 'America/Los_Angeles')).toBe('2026-04-14')
    expect(today(new Date('2026-04-15T02:00:00Z'), 'UTC')).toBe('2026-04-15')
  })
})

describe('words', () => {
  const codec = words({ active: ['active', 'active non-posting'], inactive: ['inactive'] })
  it('reads any case and every word, writes the first', () => {
    expect(codec.decode('Active Non-Posting', utc)).toBe('active')
    expect(codec.encode('active', utc)).toBe('active')
    expect(() => codec.decode('asleep', utc)).toThrow(GarbledValue)
  })
  it('reads both spellings of booleans', () => {
    expect(['true', 'T', 'false', 'F'].map((word) => flag.decode(word, utc))).toEqual([true, true, false, false])
    expect(() => flag.decode('perhaps', utc)).toThrow(GarbledValue)
  })
})

describe('countries', () => {
  it('turns codes into names and names into codes', () => {
    expect([countryName('US'), countryName('DE'), countryName('ZZ')].slice(0, 2)).toEqual(['United States', 'Germany'])
    for (const code of ['US', 'GB', 'DE', 'FR', 'IN', 'ZA']) expect(countryCode(countryName(code))).toBe(code)
    expect(countryCode('united kingdom')).toBe('GB')
    expect(countryCode('Atlantis')).toBeNull()
  })
})
