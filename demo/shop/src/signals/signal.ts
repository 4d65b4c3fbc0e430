/** One thing that the agent tells of, and how a visitor provokes it. */
export interface Signal {
  /** What the button says. */
  label: string;
  /** Where it is to be seen in the viewer. */
  look: string;
  /** Really does it; returns or settles with what there is to say of it. Without it the button does nothing. */
  provoke?: () => string | Promise<string>;
}

export interface SignalGroup {
  title: string;
  signals: readonly Signal[];
}
