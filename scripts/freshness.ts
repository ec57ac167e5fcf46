import fs from 'node:fs'
import path from 'node:path'

/**
 * Latest change below `paths`, in milliseconds. Folders count too: removing a file changes only its folder's time.
 * What does not exist counts as never changed.
 */
export function latestChange(paths: readonly string[]): number {
  let latest = 0
  for (const each of paths) {
    const stat = fs.statSync(each, { throwIfNoEntry: false })
    if (!stat) continue
    latest = Math.max(latest, stat.mtimeMs)
    if (stat.isDirectory()) {
      const inside = fs.readdirSync(each).map((name) => path.join(each, name))
      latest = Math.max(latest, latestChange(inside))
    }
  }
  return latest
}

/** True where `product` is missing or older than any of its `sources`. */
export function isStale(product: string, sources: readonly string[]): boolean {
  const built = fs.statSync(product, { throwIfNoEntry: false })
  return !built || built.mtimeMs < latestChange(sources)
}
