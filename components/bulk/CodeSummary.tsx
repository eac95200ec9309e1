import { subjectText } from '../../utils/wording/bulk-line.ts';
import '../shared/qr-code-details.css';

/** Name and amount of a code. Either may be in a script that runs the other way, so it stands for itself. */
export function CodeSummary(props: Parameters<typeof subjectText>[0]) {
  const text = subjectText(props);
  return text === '' ? null : <bdi class="clipped">{text}</bdi>;
}
