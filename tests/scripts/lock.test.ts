import fs from 'node:fs'

import { describe, expect, it } from 'vitest'

import { inProject } from '../../scripts/paths.ts'

type Locked = {
  readonly version?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Lock = { readonly packages: Readonly<Record<string, Locked>> }

const PLATFORMS = ['linux-x64', 'linux-arm64', 'win-x64']
const lock: Lock = JSON.parse(fs.readFileSync(inProject('package-lock.json'), 'utf8'))

describe('package-lock.json', () => {
  it('holds every optional platform package it names, so that npm ci works on every machine', () => {
    const missing: string[] = []
    for (const [place, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
      for (const name of Object.keys(optionalDependencies)) {
        const found = Object.keys(lock.packages).some((other) => other.endsWith(`node_modules/${name}`))
        if (!found) missing.push(`${name} (of ${place || 'the project'})`)
      }
    }
    expect(missing).toEqual([])
  })

  it.each(PLATFORMS)('holds the Node that runs the tests on %s', (platform) => {
    const versions = PLATFORMS.map((each) => lock.packages[`node_modules/node-${each}`]?.version)
    expect(lock.packages[`node_modules/node-${platform}`]?.version).toMatch(/^24\./)
    expect(new Set(versions).size).toBe(1)
  })

  it('pins every package by its content', () => {
    const loose = Object.entries(lock.packages).filter(([place, { integrity, link }]) => place && !link && !integrity)
    expect(loose.map(([place]) => place)).toEqual([])
  })
})
