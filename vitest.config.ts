import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** They need a database server. */
const STORE = ['test/store/**/*.test.ts']

export default defineConfig({
  test: {
    pool: 'threads',
    // More than there are cores: much of a test's time is waiting for sockets and disks.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    testTimeout: process.env['LONG'] ? 1_800_000 : 120_000,
    hookTimeout: 120_000,
    // Loading the application costs more than many tests of it, so files share what a worker has loaded.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'gateway', include: ['test/**/*.test.ts'], exclude: STORE } },
      { extends: true, test: { name: 'store', include: STORE, globalSetup: 'test/store/postgres-server.ts' } },
    ],
  },
})
