import { Component, type ReactNode } from 'react';
import { Notice, ToTraces } from './notice.js';

interface Props {
  /** Changes with each place that is gone to. */
  visit: string;
  children: ReactNode;
}

interface State {
  error: unknown;
}

/** Shows a notice in the place of a page that threw, until another is gone to. (React has boundaries as classes only.) */
export class RenderBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidUpdate({ visit }: Props): void {
    if (this.state.error !== undefined && visit !== this.props.visit) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className="page" role="alert">
        <Notice title="This page could not be drawn" action={<ToTraces />}>
          {String(error)}
        </Notice>
      </main>
    );
  }
}
