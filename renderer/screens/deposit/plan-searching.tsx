/** A search under way: how long it has taken of the time it may take, and the button that ends it. */
import { useEffect, useState } from 'react'
import { Button, Progress } from 'antd'
import { SEARCH_SECONDS } from '#core/placing/placement-programme.ts'
import { placementText as text } from '../../messages/placing.ts'

const TICK_MILLISECONDS = 250

function useElapsed(): number {
  const [elapsed, setElapsed] = useState(0)
  useEffect(() => {
    const start = performance.now()
    const timer = setInterval(() => setElapsed(performance.now() - start), TICK_MILLISECONDS)
    return () => clearInterval(timer)
  }, [])
  return elapsed / 1000
}

export function Searching({ onStop }: { readonly onStop: () => void }) {
  const seconds = Math.min(useElapsed(), SEARCH_SECONDS)
  return (
    <div className="plan-searching">
      <p role="status">{text.solving}</p>
      <Progress
        aria-label={text.solving}
        percent={Math.round((seconds / SEARCH_SECONDS) * 100)}
        showInfo={false}
        size="small"
        status="active"
      />
      <p>
        <span className="quiet" role="timer">{text.elapsed(Math.floor(seconds), SEARCH_SECONDS)}</span>
        <Button size="small" onClick={onStop}>{text.cancel}</Button>
      </p>
    </div>
  )
}
