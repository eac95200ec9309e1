import { BETWEEN } from '../../utils/wording/bulk.ts';

/** The parts of a summary in one line, which breaks between them and not between a number and its word. */
export function Parts({ parts }: { parts: readonly string[] }) {
  return (
    <>
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && BETWEEN}
          <span class="part">{part}</span>
        </span>
      ))}
    </>
  );
}
