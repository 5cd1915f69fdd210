/** One PostgreSQL for all files of this folder: making a cluster costs more than most tests in it. */
import type { TestProject } from 'vitest/node'
import { startPostgresIfAny, type TestPostgres } from '../support/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Null where there is no PostgreSQL. */
    postgresUrl: string | null
  }
}

let server: TestPostgres | null = null

export async function setup(project: TestProject): Promise<void> {
  server = await startPostgresIfAny()
  project.provide('postgresUrl', server?.url ?? null)
}

export async function teardown(): Promise<void> {
  await server?.stop()
}
