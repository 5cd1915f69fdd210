import { defineConfig } from 'vitest/config'

/** They have a database server of their own, which a file starts as it is loaded and ends with its last test. */
const APART = ['test/store/**/*.test.ts']

export default defineConfig({
  test: {
    // All cores: most of a test's time is waiting for sockets and disks.
    pool: 'threads',
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      // Loading the application costs more than many tests of it, so files share what a worker has loaded.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: APART, isolate: false } },
      { extends: true, test: { name: 'apart', include: APART } },
    ],
  },
})
