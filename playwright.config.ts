import './scripts/node-version.ts'

import { defineConfig } from '@playwright/test'

import { findChromium } from './server/cli/window.ts'

// Debian's own Chromium where it is installed; otherwise the one Playwright downloaded.
const chromium = process.platform === 'linux' ? findChromium() : undefined

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  globalSetup: './tests/e2e/prepare.ts',
  outputDir: 'test-results/pages',
  // Each test has a server and a browser page of its own, and waits half of its time: two cores carry three of them.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes only when tried again hides a race the clerk will meet.
  retries: 0,
  timeout: 90_000,
  globalTimeout: 20 * 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 20_000,
    navigationTimeout: 20_000,
    // Waiting for a dialog to slide in is a tenth of the run.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: process.env['CI'] ? 'off' : 'retain-on-failure',
    launchOptions: {
      ...(chromium !== undefined ? { executablePath: chromium } : {}),
      // Hidden scrollbars cut the last money column out of screenshots.
      ignoreDefaultArgs: ['--hide-scrollbars'],
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
