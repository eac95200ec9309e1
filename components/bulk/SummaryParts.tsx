import { SEPARATOR } from '../../utils/wording/bulk.ts';

/** The parts of a summary in one line, which breaks between them and not between a number and its word. */
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
