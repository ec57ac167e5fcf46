import { EventEmitter } from 'node:events'

/** Loaded into every child the double forks: `process.parentPort` as a utility process has it, over Node's channel. */
class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    process.send?.(message)
  }
}

const port = new ParentPort()
process.on('message', (data) => port.emit('message', { data, ports: [] }))
// A utility process dies with its app.
process.on('disconnect', () => process.exit(1))
Object.defineProperty(process, 'parentPort', { value: port })
