import type { Clock } from '../lib/clock.ts';
import type { ListSource } from '../qr-code-id/list-sources.ts';
import { type ChosenFile, fileProblem, type ListFileProblem, readListFile } from '../qr-code-id/read-file.ts';
import type { Spreadsheet } from '../qr-code-id/spreadsheet.ts';

/** A file that could not be read, or not as a whole. */
export interface NamedProblem {
  name: string;
  problem: ListFileProblem;
}

/** A spreadsheet with several sheets, of which the operator must choose one. */
export interface SheetQuestion {
  /** Tells it from another file with the same name. */
  key: number;
  name: string;
  sheets: Spreadsheet['sheets'];
  /** A review was requested before a sheet was chosen. */
  missed: boolean;
  reading: boolean;
}

/** The files that were chosen last. */
export interface BulkFiles {
  reading: boolean;
  /** A review was requested while a file was being read. It starts after that. */
  awaited: boolean;
  questions: readonly SheetQuestion[];
  problems: readonly NamedProblem[];
}

export const NO_FILES: BulkFiles = { reading: false, awaited: false, questions: [], problems: [] };

export interface FileActions {
  /** Reads the files. Names each file that can't be read, and keeps the others. */
  readFiles(files: readonly ChosenFile[]): Promise<void>;
  chooseSheet(key: number, index: number): Promise<void>;
  /** Leaves out the spreadsheet that asks for a sheet. */
  leaveFileOut(key: number): void;
  /** Sets whether the list includes the rows of a source that its spreadsheet hides. */
  includeHidden(source: ListSource, include: boolean): void;
}

interface FileDeps {
  clock: Clock;
  get: () => { sources: readonly ListSource[]; files: BulkFiles };
  set: (files: BulkFiles) => void;
  /** Replaces the sources, and the field's text by theirs. `added`: they include the list in the field. */
  takeSources: (sources: readonly ListSource[], added: boolean) => Promise<void>;
  /** Reviews the list. */
  review: () => void;
}

interface FilesContext extends FileDeps {
  /** Spreadsheets that wait for the choice of a sheet. `place`: the file's index among the chosen files. */
  waiting: Map<number, { spreadsheet: Spreadsheet; place: number }>;
  lastKey: number;
  /** Changes with each choice of files, so that slow reads of an earlier choice are dropped. */
  generation: number;
}

/** The files read so far. */
interface FilesRead {
  sources: ListSource[];
  questions: SheetQuestion[];
  problems: NamedProblem[];
}

export interface FilesSlice {
  actions: FileActions;
  /**
   * Whether a file is still being read, after which the review starts, or a spreadsheet waits for the choice of a
   * sheet. The page then shows that the review waits.
   */
  isIncomplete(): boolean;
  /** Forgets the files, because another list has replaced theirs. */
  forget(): void;
}

/** Files as the source of the list. */
export function createBulkFiles(deps: FileDeps): FilesSlice {
  const context: FilesContext = { ...deps, waiting: new Map(), lastKey: 0, generation: 0 };
  return {
    actions: {
      readFiles: (files) => readFiles(context, files),
      chooseSheet: (key, index) => chooseSheet(context, key, index),
      leaveFileOut(key) {
        context.waiting.delete(key);
        change(context, { questions: withoutQuestion(context, key) });
      },
      includeHidden: (source, include) => includeHidden(context, source, include),
    },
    isIncomplete: () => isIncomplete(context),
    forget() {
      context.generation += 1;
      context.waiting.clear();
      context.set(NO_FILES);
    },
  };
}

async function readFiles(context: FilesContext, files: readonly ChosenFile[]): Promise<void> {
  if (files.length === 0) return;
  context.generation += 1;
  const { generation } = context;
  context.waiting.clear();
  change(context, { reading: true, awaited: false, questions: [], problems: [] });
  const read: FilesRead = { sources: [], questions: [], problems: [] };
  for (const [place, file] of files.entries()) {
    await readOne(context, file, place, read).catch((error: unknown) => {
      read.problems.push({ name: file.name, problem: fileProblem(error) });
    });
    if (generation !== context.generation) return;
  }
  const { sources, questions, problems } = read;
  if (sources.length > 0) await context.takeSources(sources, false);
  if (generation !== context.generation) return;
  change(context, { reading: false, questions, problems });
  reviewIfAwaited(context);
}

async function readOne(
  context: FilesContext,
  file: ChosenFile,
  place: number,
  into: FilesRead,
): Promise<void> {
  const { name } = file;
  const read = await readListFile(file, context.clock);
  if (read.kind === 'problem') into.problems.push({ name, problem: read.problem });
  else if (read.kind === 'text') {
    into.sources.push({ name, place, text: read.text });
    for (const attachment of read.attachments ?? [])
      into.problems.push({ name: attachment, problem: { code: 'attachment' } });
  } else if (read.spreadsheet.sheets.length === 1) {
    into.sources.push({ name, place, sheet: await read.spreadsheet.read(0), includeHidden: false });
  } else {
    context.lastKey += 1;
    context.waiting.set(context.lastKey, { spreadsheet: read.spreadsheet, place });
    const { sheets } = read.spreadsheet;
    into.questions.push({ key: context.lastKey, name, sheets, missed: false, reading: false });
  }
}

async function chooseSheet(context: FilesContext, key: number, index: number): Promise<void> {
  const { get, generation, waiting } = context;
  const chosen = waiting.get(key);
  const question = get().files.questions.find((each) => each.key === key);
  if (!chosen || !question || question.reading) return;
  change(context, {
    questions: get().files.questions.map((each) => (each.key === key ? { ...each, reading: true } : each)),
  });
  try {
    const sheet = await chosen.spreadsheet.read(index);
    if (generation !== context.generation || !waiting.delete(key)) return;
    const { place } = chosen;
    const source: ListSource = { name: question.name, place, sheet, includeHidden: false };
    const sources = [...get().sources, source].sort((a, b) => (a.place ?? -1) - (b.place ?? -1));
    change(context, { questions: withoutQuestion(context, key) });
    await context.takeSources(sources, true);
  } catch (error) {
    if (generation !== context.generation) return;
    const problem = { name: question.name, problem: fileProblem(error) };
    change(context, {
      questions: withoutQuestion(context, key),
      problems: [...get().files.problems, problem],
    });
  }
  reviewIfAwaited(context);
}

function includeHidden({ get, takeSources }: FilesContext, source: ListSource, include: boolean): void {
  const sources = get().sources.map((each) =>
    each === source && 'sheet' in each ? { ...each, includeHidden: include } : each,
  );
  void takeSources(sources, true);
}

function isIncomplete(context: FilesContext): boolean {
  const { files } = context.get();
  const { questions } = files;
  if (isReading(files)) change(context, { awaited: true });
  else if (questions.length > 0)
    change(context, { questions: questions.map((each) => ({ ...each, missed: true })) });
  return isReading(files) || questions.length > 0;
}

/** Starts the review that was requested while files were being read, once all are read. */
function reviewIfAwaited(context: FilesContext): void {
  const { files } = context.get();
  if (!files.awaited || isReading(files)) return;
  change(context, { awaited: false });
  context.review();
}

function isReading({ reading, questions }: BulkFiles): boolean {
  return reading || questions.some((each) => each.reading);
}

function change({ get, set }: FilesContext, changed: Partial<BulkFiles>): void {
  set({ ...get().files, ...changed });
}

function withoutQuestion({ get }: FilesContext, key: number): readonly SheetQuestion[] {
  return get().files.questions.filter((each) => each.key !== key);
}
