/** The layout rules hold for this project, and each of them finds what it is there to find. */
import { describe, expect, test } from 'vitest'
import { parseProject, readProject, type SourceFile } from './tidy/project.ts'
import { RULES } from './tidy/rules.ts'

const project = readProject(new URL('../', import.meta.url))

describe('this project', () => {
  test('is read', () => {
    expect(project.length).toBeGreaterThan(100)
  })
  for (const [name, rule] of Object.entries(RULES)) {
    test(name, () => {
      expect(rule(project)).toEqual([])
    })
  }
})
