import { defineConfig } from 'vitest/config'

/** Whole gateways over sockets: loading the application costs more than many of their tests, so their files share what is loaded. */
const TOGETHER = ['conformance', 'golden', 'providers', 'sandbox', 'api'].map((folder) => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    // All cores: most of a test's time is waiting for sockets and disks.
    pool: 'threads',
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'together', include: TOGETHER, isolate: false } },
      {
        extends: true,
        test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: [...TOGETHER, '**/node_modules/**'] },
      },
    ],
  },
})
