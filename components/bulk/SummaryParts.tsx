import { SEPARATOR } from '../../utils/wording/bulk.ts';

/** A summary in one line that wraps only between its parts, not between a number and its word. */
export function SummaryParts({ parts }: { parts: readonly string[] }) {
  return (
    <>
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && SEPARATOR}
          <span class="part">{part}</span>
        </span>
      ))}
    </>
  );
}
