/**
 * Imported first by the entries here: better-sqlite3 crashes an old Node without a word, and TypeScript files run
 * without a flag from 22.18 on.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Node.js ${process.versions.node} 太旧：请通过 npm 运行（npm start、npm test、npm run …）`)
  process.exit(2)
}
