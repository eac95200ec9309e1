import { subjectText } from '../../utils/wording/bulk-line.ts';
import '../shared/qr-code-details.css';

/** Name and amount of a code. Isolates both, because either may be in a script of the other direction. */
export function CodeSummary(props: Parameters<typeof subjectText>[0]) {
  const text = subjectText(props);
  return text === '' ? null : <bdi class="clipped">{text}</bdi>;
}
