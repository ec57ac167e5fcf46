/** A screen's outline: title, one line of explanation, actions at the right, a bar of filters, the body. */
import type { ReactNode } from 'react'
import { Button } from 'antd'
import { partsText } from '../messages/parts.ts'
import { goUp, usePlace } from '../place.ts'
import { Icon } from './icon.tsx'

type Props = {
  readonly title: ReactNode
  /** One sentence under the title, where the screen is not plain from its title. */
  readonly hint?: ReactNode
  readonly actions?: ReactNode
  /** Filters, above the body and not scrolled with it. */
  readonly toolbar?: ReactNode
  /** `fill`: the body is as high as the window and its grid scrolls; `scroll`: a page of forms and tables. */
  readonly body?: 'fill' | 'scroll'
  readonly children: ReactNode
}

export function Page({ title, hint, actions, toolbar, body = 'scroll', children }: Props) {
  const { path } = usePlace()
  return (
    <div className="page">
      <header className="page-head">
        {path.length > 0 && (
          <Button
            type="text"
            className={path.length === 1 ? 'page-back page-back-section' : 'page-back'}
            onClick={goUp}
            icon={<Icon name="left" />}
            aria-label={partsText.back}
            title={partsText.back}
          />
        )}
        <h1>{title}</h1>
        {hint !== undefined && <p className="quiet">{hint}</p>}
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {toolbar !== undefined && <div className="page-toolbar">{toolbar}</div>}
      <div className={`page-body page-body-${body}`}>{children}</div>
    </div>
  )
}
