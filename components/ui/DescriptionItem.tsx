import type { ComponentChildren } from 'preact';

interface FactProps {
  label: string;
  /** Where what it is can be seen without its name, which is for those who hear it. */
  isLabelHidden?: boolean;
  children: ComponentChildren;
}

/** One entry of a description list. */
export function DescriptionItem({ label, isLabelHidden, children }: FactProps) {
  return (
    <div>
      <dt class={isLabelHidden ? 'visually-hidden' : undefined}>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
