import type { Clock } from '../lib/clock.ts';
import type { ListSource } from '../qr-code-id/list-sources.ts';
import { type ChosenFile, fileProblem, type ListFileProblem, readListFile } from '../qr-code-id/read-file.ts';
import type { Spreadsheet } from '../qr-code-id/spreadsheet.ts';

/** A file that nothing, or not all, was read of. */
export interface NamedProblem {
  name: string;
  problem: ListFileProblem;
}

/** A spreadsheet of several sheets, of which the operator has to choose one. */
export interface SheetQuestion {
  /** Tells it from another file of the same name. */
  key: number;
  name: string;
  sheets: Spreadsheet['sheets'];
  /** The list was to be reviewed before a sheet was chosen. */
  missed: boolean;
  reading: boolean;
}

/** The files that were chosen last. */
export interface BulkFiles {
  reading: boolean;
  /** The list was to be reviewed while a file was being read: the review follows. */
  awaited: boolean;
  questions: readonly SheetQuestion[];
  problems: readonly NamedProblem[];
}

export const NO_FILES: BulkFiles = { reading: false, awaited: false, questions: [], problems: [] };

export interface FileActions {
  /** Reads the files. Each that can't be read is said by its name, and the others are kept. */
  readFiles(files: readonly ChosenFile[]): Promise<void>;
  chooseSheet(key: number, index: number): Promise<void>;
  /** Leaves the spreadsheet out that asks for a sheet. */
  leaveFileOut(key: number): void;
  /** Whether the rows of a source that its spreadsheet doesn't show belong to the list. */
  includeHidden(source: ListSource, include: boolean): void;
}

interface FileDeps {
  clock: Clock;
  get: () => { sources: readonly ListSource[]; files: BulkFiles };
  set: (files: BulkFiles) => void;
  /**
   * Reads the sources and puts their text into the field. `added` says that they hold what is there already; else it is
   * kept aside.
   */
  takeSources: (sources: readonly ListSource[], added: boolean) => void;
  /** Reviews the list. */
  review: () => void;
}

/** Builds the actions for files as the source of a list. */
export function createBulkFiles({ clock, get, set, takeSources, review }: FileDeps) {
  /** Spreadsheets that wait for an answer. `place` is that of the file among those chosen with it. */
  const waiting = new Map<number, { spreadsheet: Spreadsheet; place: number }>();
  let lastKey = 0;
  let turn = 0;

  const change = (changed: Partial<BulkFiles>) => set({ ...get().files, ...changed });
  const withoutQuestion = (key: number) => get().files.questions.filter((each) => each.key !== key);

  const isReading = ({ reading, questions }: BulkFiles) => reading || questions.some((each) => each.reading);

  /** Reviews the list once all is read, if that was asked for meanwhile. */
  function reviewIfAwaited(): void {
    if (!get().files.awaited || isReading(get().files)) return;
    change({ awaited: false });
    review();
  }

  async function readOne(file: ChosenFile, place: number, into: FilesRead): Promise<void> {
    const { name } = file;
    const read = await readListFile(file, clock);
    if (read.kind === 'problem') into.problems.push({ name, problem: read.problem });
    else if (read.kind === 'text') {
      into.sources.push({ name, place, text: read.text });
      for (const attachment of read.attachments ?? [])
        into.problems.push({ name: attachment, problem: { code: 'attachment' } });
    } else if (read.spreadsheet.sheets.length === 1) {
      into.sources.push({ name, place, sheet: await read.spreadsheet.read(0), includeHidden: false });
    } else {
      lastKey += 1;
      waiting.set(lastKey, { spreadsheet: read.spreadsheet, place });
      const { sheets } = read.spreadsheet;
      into.questions.push({ key: lastKey, name, sheets, missed: false, reading: false });
    }
  }

  const actions: FileActions = {
    async readFiles(files) {
      if (files.length === 0) return;
      turn += 1;
      const present = turn;
      waiting.clear();
      change({ reading: true, awaited: false, questions: [], problems: [] });
      const read: FilesRead = { sources: [], questions: [], problems: [] };
      for (const [place, file] of files.entries()) {
        await readOne(file, place, read).catch((error: unknown) => {
          read.problems.push({ name: file.name, problem: fileProblem(error) });
        });
        if (present !== turn) return;
      }
      const { sources, questions, problems } = read;
      if (sources.length > 0) takeSources(sources, false);
      change({ reading: false, questions, problems });
      reviewIfAwaited();
    },
    async chooseSheet(key, index) {
      const waits = waiting.get(key);
      const question = get().files.questions.find((each) => each.key === key);
      if (!waits || !question || question.reading) return;
      const now = turn;
      change({
        questions: get().files.questions.map((each) =>
          each.key === key ? { ...each, reading: true } : each,
        ),
      });
      try {
        const sheet = await waits.spreadsheet.read(index);
        if (now !== turn || !waiting.delete(key)) return;
        const { place } = waits;
        const source: ListSource = { name: question.name, place, sheet, includeHidden: false };
        const sources = [...get().sources, source].sort((a, b) => (a.place ?? -1) - (b.place ?? -1));
        change({ questions: withoutQuestion(key) });
        takeSources(sources, true);
      } catch (error) {
        if (now !== turn) return;
        const problem = { name: question.name, problem: fileProblem(error) };
        change({ questions: withoutQuestion(key), problems: [...get().files.problems, problem] });
      }
      reviewIfAwaited();
    },
    leaveFileOut(key) {
      waiting.delete(key);
      change({ questions: withoutQuestion(key) });
    },
    includeHidden(source, include) {
      const { sources } = get();
      takeSources(
        sources.map((each) =>
          each === source && 'sheet' in each ? { ...each, includeHidden: include } : each,
        ),
        true,
      );
    },
  };
  return {
    actions,
    /**
     * Whether a file is still being read, after which the list is reviewed, or a spreadsheet waits for the operator's
     * answer; says so on screen.
     */
    isIncomplete(): boolean {
      const { files } = get();
      const { questions } = files;
      if (isReading(files)) change({ awaited: true });
      else if (questions.length > 0)
        change({ questions: questions.map((each) => ({ ...each, missed: true })) });
      return isReading(files) || questions.length > 0;
    },
    /** Forgets the files: another list has come. */
    forget(): void {
      turn += 1;
      waiting.clear();
      set(NO_FILES);
    },
  };
}

/** What was read of the files so far. */
interface FilesRead {
  sources: ListSource[];
  questions: SheetQuestion[];
  problems: NamedProblem[];
}
