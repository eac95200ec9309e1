import { type MessageKey, t } from '../i18n/i18n.ts';
import type { UnreadKind } from '../qr-code-id/file-kind.ts';
import type { ListFileProblem } from '../qr-code-id/read-file.ts';

/** The reason why a file was not read, and what to do. */
export function fileProblemText(problem: ListFileProblem): string {
  switch (problem.code) {
    case 'not-text':
      return t('fileNotText');
    case 'file-too-large':
      return t('fileTooLarge', String(Math.floor(problem.limit / 2 ** 20)));
    case 'unreadable':
      return t('fileUnreadable');
    case 'damaged':
      return t('fileDamaged');
    case 'unpacked-too-large':
      return t('fileUnpackedTooLarge');
    case 'mail-without-text':
      return `${t('fileMailWithoutText')} ${t('fileAdviceCopy')}`;
    case 'attachment':
      return t('fileAttachment');
    case 'kind': {
      const [kind, advice] = KINDS[problem.kind];
      return t('fileRefused', t(kind), t(advice));
    }
  }
}

const KINDS: Readonly<Record<UnreadKind, readonly [kind: MessageKey, advice: MessageKey]>> = {
  'old-excel': ['fileKindOldExcel', 'fileAdviceConvert'],
  'binary-excel': ['fileKindBinaryExcel', 'fileAdviceConvert'],
  password: ['fileKindPassword', 'fileAdvicePassword'],
  document: ['fileKindDocument', 'fileAdviceCopy'],
  numbers: ['fileKindNumbers', 'fileAdviceNumbers'],
  archive: ['fileKindArchive', 'fileAdviceUnpack'],
  pdf: ['fileKindPdf', 'fileAdviceCopy'],
  rtf: ['fileKindRtf', 'fileAdviceCopy'],
  'web-page': ['fileKindWebPage', 'fileAdviceConvert'],
  xml: ['fileKindXml', 'fileAdviceConvert'],
  image: ['fileKindImage', 'fileAdviceCopy'],
};
