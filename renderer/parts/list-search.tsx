/** The words a list is narrowed by; they stay in the address, so that back and reload find the same rows. */
import { Input } from 'antd'
import { refine } from '../place.ts'
import { Icon } from './icon.tsx'

type Props = { readonly label: string; readonly text: string | undefined; readonly className: string }

export function ListSearch({ label, text = '', className }: Props) {
  return (
    <Input
      className={className}
      type="search"
      prefix={<Icon name="search" />}
      aria-label={label}
      placeholder={label}
      defaultValue={text}
      allowClear
      onChange={(event) => refine({ text: event.target.value })}
    />
  )
}
