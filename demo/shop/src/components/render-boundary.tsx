import { Component, type ReactNode } from 'react';
import { currentTraceId } from '../telemetry.js';
import { Reference } from './reference.js';
import { SpilledCup } from './scenes.js';

interface State {
  error: unknown;
  reference: string | undefined;
}

/** Shows a reference in the place of children that threw. (React has boundaries as classes only.) */
export class RenderBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined, reference: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error, reference: currentTraceId() };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <div className="panel notice-page" role="alert">
        <SpilledCup />
        <h2>This part of the page broke</h2>
        <p>The rest of the shop works, and your cart is safe. If you write to us, name this reference:</p>
        <Reference traceId={this.state.reference} />
      </div>
    );
  }
}
