import './scripts/node-version.ts'

import path from 'node:path'

import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Importing the real package in Node starts a download; tests of the shell inject what they need.
    alias: [{ find: /^electron$/, replacement: path.join(import.meta.dirname, 'tests/electron/no-electron.ts') }],
  },
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**', 'dist/**'],
    // Processes, not threads: fault tests kill theirs, and native modules are loaded once per process.
    pool: 'forks',
    // Files share their worker's modules: loading them anew for each costs a third of the run. So no test file may leave
    // anything behind in a module (mocks and environment are put back below).
    isolate: false,
    // One per core of the machine this is written for; the default leaves one of two idle.
    maxWorkers: 2,
    // Fault tests spawn children that fsync; beside another file on two cores they need more than the usual 5 s.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    // A test left focused by mistake would hide all the others.
    allowOnly: false,
    passWithNoTests: false,
    env: { TZ: 'Asia/Shanghai' },
  },
})
