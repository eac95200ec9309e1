import { Icon } from './Icon.tsx';
import './live-environment-warning.css';

/** The warning in a confirmation that the account is LIVE. */
export function LiveEnvironmentWarning({ text }: { text: string }) {
  return (
    <p class="live-warning">
      <Icon name="live" />
      <strong>{text}</strong>
    </p>
  );
}
