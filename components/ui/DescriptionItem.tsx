import type { ComponentChildren } from 'preact';

interface FactProps {
  label: string;
  /** Where what it is can be seen without its name, which is for those who hear it. */
  unseen?: boolean;
  children: ComponentChildren;
}

/** One entry of a description list. */
export function Fact({ label, unseen, children }: FactProps) {
  return (
    <div>
      <dt class={unseen ? 'visually-hidden' : undefined}>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
