import type { ComponentChildren } from 'preact';

interface DescriptionItemProps {
  label: string;
  /** Hides the label visually; screen readers still announce it. */
  isLabelHidden?: boolean;
  children: ComponentChildren;
}

/** One entry of a description list. */
export function DescriptionItem({ label, isLabelHidden, children }: DescriptionItemProps) {
  return (
    <div>
      <dt class={isLabelHidden ? 'visually-hidden' : undefined}>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
