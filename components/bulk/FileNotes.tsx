import { t } from '../../utils/i18n/i18n.ts';
import type { ListSource } from '../../utils/qr-code-id/list-sources.ts';
import type { BulkFiles } from '../../utils/stores/bulk-files.ts';
import type { BulkActions } from '../../utils/stores/bulk-state.ts';
import { fileProblemText } from '../../utils/wording/file-problem.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { HiddenRows } from './HiddenRows.tsx';
import { SheetChoice } from './SheetChoice.tsx';
import '../ui/report.css';

interface FileNotesProps {
  files: BulkFiles;
  sources: readonly ListSource[];
  actions: Pick<BulkActions, 'chooseSheet' | 'leaveFileOut' | 'includeHidden'>;
}

/** Open questions about the chosen files, and the files that could not be read. */
export function FileNotes({ files, sources, actions }: FileNotesProps) {
  const { reading, questions, problems } = files;
  return (
    <>
      {problems.length > 0 && (
        <div class="report danger" role="alert">
          <ul class="stack">
            {problems.map(({ name, problem }, index) => (
              <li key={`${index} ${name}`}>
                <bdi>{escapeInvisibles(name)}</bdi>: {fileProblemText(problem)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="stack" aria-live="polite">
        {reading && <p>{t('readingFiles')}</p>}
        {questions.map((question) => (
          <SheetChoice key={question.key} question={question} actions={actions} />
        ))}
        {sources.map(
          (source) =>
            'sheet' in source && (
              <HiddenRows
                key={`${source.place} ${source.name}`}
                source={source}
                onChange={(include) => actions.includeHidden(source, include)}
              />
            ),
        )}
      </div>
    </>
  );
}
