/** `?`: every key that works right now. */
import { Modal } from 'antd'
import { frameText } from '../messages/frame.ts'
import { useShortcutList, type Shortcut } from '../shortcuts.ts'

const GRID_KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', frameText.keyNames.rows],
  ['Enter', frameText.keyNames.edit],
  ['Tab', frameText.keyNames.cell],
  ['Space', frameText.keyNames.tick],
]

function keysOf(shortcut: Shortcut): readonly [string, string] {
  return [shortcut.keys.replace('Escape', 'Esc'), shortcut.label]
}

export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const list = useShortcutList()
  const of = (scope: Shortcut['scope']) => list.filter((entry) => entry.scope === scope).map(keysOf)
  return (
    <Modal open title={frameText.keysTitle} footer={null} onCancel={onClose} width={640}>
      <div className="key-list">
        <KeyGroup title={frameText.keysHere} keys={[...of('screen'), ...GRID_KEYS]} />
        <KeyGroup title={frameText.keysAlways} keys={of('always')} />
        <KeyGroup title={frameText.keysGo} keys={of('go')} />
      </div>
    </Modal>
  )
}

function KeyGroup({ title, keys }: { readonly title: string; readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <dl>
        {keys.map(([name, label]) => (
          <div key={`${name} ${label}`}>
            <dt>
              {name.split(' ').map((part) => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
