/** A fault in one screen leaves the frame standing. */
import { Component, type ReactNode } from 'react'
import { Button } from 'antd'
import { queryClient } from '../client.ts'
import { frameText } from '../messages/frame.ts'
import { ProblemNote } from '../parts/problem-note.tsx'

type Props = { readonly children: ReactNode }
type State = { readonly error: unknown }

export class ScreenBoundary extends Component<Props, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <section className="screen-fault">
        <h1>{frameText.screenFault}</h1>
        <ProblemNote error={error} />
        <p>{frameText.screenFaultHint}</p>
        <Button
          onClick={() => {
            void queryClient.resetQueries()
            this.setState({ error: null })
          }}
        >
          {frameText.retry}
        </Button>
      </section>
    )
  }
}
