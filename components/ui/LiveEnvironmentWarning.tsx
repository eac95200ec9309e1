import { Icon } from './Icon.tsx';
import './live-environment-warning.css';

/** Says before a question is answered that it is about real money, and what that means for it. */
export function LiveEnvironmentWarning({ text }: { text: string }) {
  return (
    <p class="live-warning">
      <Icon name="live" />
      <strong>{text}</strong>
    </p>
  );
}
