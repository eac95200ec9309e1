import type { PictureProblem } from '../../utils/find/find-picture.ts';
import { pictureProblemText } from '../../utils/wording/finding.ts';
import '../ui/report.css';

interface PictureProblemsProps {
  problems: readonly PictureProblem[];
  isInPanel?: boolean;
}

/** Why pictures or the page gave no QR code. */
export function PictureProblems({ problems, isInPanel = false }: PictureProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <div class="report warning">
      <div class="stack" role="alert">
        {problems.map((problem, index) => (
          <p key={index}>
            <bdi>{pictureProblemText(problem, isInPanel)}</bdi>
          </p>
        ))}
      </div>
    </div>
  );
}
