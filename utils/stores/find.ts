import { createStore } from 'zustand/vanilla';
import { findCodes } from '../find/find-codes.ts';
import {
  type FindPicture,
  MAX_PICTURES,
  type PictureProblem,
  type RunSummary,
} from '../find/find-picture.ts';
import { type Finding, type FindProgress, type FindRun, provenCode } from '../find/finding.ts';
import type { SeenQrCode } from '../find/read-page.ts';
import type { AccountView } from '../messaging/protocol.ts';
import { comparePayee } from '../qr-picture/payee-check.ts';
import { readPictureText } from '../qr-picture/payment-text.ts';
import { pictureKindOf } from '../qr-picture/picture-kind.ts';
import { currentAccount, isReady } from './current-account.ts';
import type { FindActions, FindState, FindStore, FindStoreDeps, PictureFile } from './find-state.ts';

/** A photo of 100 megapixels has some 30 MB. */
const MAX_FILE_BYTES = 50_000_000;
/** Bytes of a file that tell its kind. */
const KIND_BYTES = 1024;
/** Time between two updates of the progress on the page. */
const PROGRESS_INTERVAL_MS = 100;

const EMPTY: FindState = {
  phase: 'idle',
  pictures: [],
  chosen: undefined,
  problems: [],
  account: undefined,
  progress: undefined,
};

interface FindContext extends FindStoreDeps {
  get(): FindState;
  set(change: Partial<FindState>): void;
  account: AccountView | undefined;
  /** Ends the reading of pictures. It needs no account, so neither a lock nor another account ends it. */
  reading: AbortController;
  /** Ends the comparison with the codes of the account. */
  comparing: AbortController;
  /** The files still to be read; `undefined` if none is being read. */
  files: PictureFile[] | undefined;
}

/** Builds the store of the pictures and of the codes that were found by them. Keeps both in memory only. */
export function createFindStore(deps: FindStoreDeps): FindStore {
  const store = createStore<FindState>(() => EMPTY);
  const context: FindContext = {
    ...deps,
    get: store.getState,
    set: store.setState,
    account: undefined,
    reading: new AbortController(),
    comparing: new AbortController(),
    files: undefined,
  };
  const actions: FindActions = {
    syncAccount(page) {
      const account = isReady(page) ? currentAccount(page) : undefined;
      const hasChanged = account?.id !== context.account?.id;
      context.account = account;
      if (hasChanged && page) forgetFindings(context);
    },
    scanPage: (image) => scanPage(context, image),
    choose: (number) => choose(context, number),
    addFiles: (files) => addFiles(context, files),
    async readFrame(frame, signal) {
      const codes = await context.readPixels(frame, signal);
      if (codes.length === 0) return false;
      if (signal.aborted) return true;
      const problem = addCodes(context, codes);
      if (problem) actions.report(problem);
      void find(context);
      return true;
    },
    report: (problem) => context.set({ problems: [...context.get().problems, problem] }),
    dismissProblems: () => context.set({ problems: [] }),
    find: () => find(context),
    stop() {
      endWork(context);
      context.set({ phase: 'idle' });
    },
    clear() {
      endWork(context);
      context.set(EMPTY);
    },
  };
  return Object.assign(store, { actions });
}

function forgetFindings(context: FindContext): void {
  const { get, set, comparing } = context;
  comparing.abort();
  const pictures = get().pictures.map(({ finding: _, payee: __, run: ___, ...picture }) => picture);
  const phase = get().phase === 'reading' ? 'reading' : 'idle';
  set({ phase, pictures, account: undefined, progress: undefined });
}

function endWork(context: FindContext): void {
  context.reading.abort();
  context.comparing.abort();
  context.files = undefined;
}

function startReading(context: FindContext): AbortSignal {
  endWork(context);
  context.reading = new AbortController();
  return context.reading.signal;
}

function startComparing(context: FindContext): AbortSignal {
  context.comparing.abort();
  context.comparing = new AbortController();
  return context.comparing.signal;
}

async function scanPage(context: FindContext, image: Parameters<FindActions['scanPage']>[0]): Promise<void> {
  const { set } = context;
  const signal = startReading(context);
  set({ ...EMPTY, phase: 'reading' });
  const reading = await context.readPage({ image }, signal).catch(() => undefined);
  if (signal.aborted) return;
  set({ phase: 'idle' });
  if (!reading || reading.kind === 'not-captured') return set({ problems: [{ kind: 'not-captured' }] });
  if (reading.codes.length === 0)
    return set({ problems: [{ kind: 'no-code-on-page', isPartly: reading.isPartly }] });
  addCodes(context, reading.codes);
  await find(context);
}

/** Ends the comparison of another picture: its code would be checked although this picture is shown. */
async function choose(context: FindContext, number: number): Promise<void> {
  const { get, set } = context;
  startComparing(context);
  set({ phase: 'idle', progress: undefined, chosen: number });
  const finding = get().pictures.find((picture) => picture.number === number)?.finding;
  if (finding?.isComplete) reportProven(context, [finding]);
  else await find(context);
}

/** Queues files behind those in progress, so that none is lost. */
async function addFiles(context: FindContext, files: readonly PictureFile[]): Promise<void> {
  const { get, set } = context;
  if (context.files) return void context.files.push(...files);
  const signal = startReading(context);
  const waiting = [...files];
  context.files = waiting;
  set({ phase: 'reading', problems: [] });
  for (let file = waiting.shift(); file; file = waiting.shift()) {
    const problem = await addFile(context, file, signal);
    if (signal.aborted) return;
    if (problem) set({ problems: [...get().problems, problem] });
  }
  context.files = undefined;
  set({ phase: 'idle' });
  await find(context);
}

/** Reads one file. Returns why it gave no code. */
async function addFile(
  context: FindContext,
  file: PictureFile,
  signal: AbortSignal,
): Promise<PictureProblem | undefined> {
  const fileName = file.name ?? '';
  if (context.get().pictures.length >= MAX_PICTURES) return { kind: 'too-many', fileName };
  try {
    const kind = pictureKindOf(new Uint8Array(await file.slice(0, KIND_BYTES).arrayBuffer()), fileName);
    if (kind !== 'png' && kind !== 'jpeg' && kind !== 'webp' && kind !== 'gif') return { kind, fileName };
    if (file.size > MAX_FILE_BYTES) return { kind: 'too-large', fileName };
    const codes = await context.readPictureFile(file, signal);
    if (signal.aborted) return undefined;
    if (codes.length === 0) return { kind: 'no-code', fileName };
    return addCodes(context, codes, fileName);
  } catch {
    return { kind: 'other', fileName };
  }
}

/** Adds codes to the list. A text that is in the list already is not added again. Returns why a code was left out. */
function addCodes(
  { get, set }: FindContext,
  codes: readonly SeenQrCode[],
  fileName?: string,
): PictureProblem | undefined {
  const { pictures } = get();
  const texts = new Set(pictures.map(({ text }) => text));
  // Two codes on one page may be equal, and the operator sees both.
  const others = codes.filter(({ text }) => !texts.has(text));
  const added = others.slice(0, MAX_PICTURES - pictures.length).map(
    ({ text, image }, at): FindPicture => ({
      ...{ number: pictures.length + at + 1, image, text, content: readPictureText(text) },
      ...(fileName ? { fileName } : {}),
    }),
  );
  const now = [...pictures, ...added];
  set({ pictures: now, chosen: now.length === 1 ? now[0]?.number : get().chosen });
  return added.length < others.length ? { kind: 'too-many', fileName: fileName ?? '' } : undefined;
}

/** Finds the codes of all pictures without a finding; of the chosen one only, if one is chosen. */
async function find(context: FindContext): Promise<void> {
  const { account, get, set } = context;
  const { pictures, chosen, phase } = get();
  const open = pictures.filter(
    ({ number, finding }) => (context.findsAll || number === chosen) && !finding?.isComplete,
  );
  // After the reading, all pictures are compared in one run.
  if (!account || open.length === 0 || phase === 'reading') return;
  const signal = startComparing(context);
  const { id, name, environment } = account;
  set({ phase: 'comparing', account: { id, name, environment }, progress: undefined });
  const run = await findCodes(context, {
    accountId: id,
    texts: open.map(({ text }) => text),
    signal,
    onProgress: atIntervals(context, (progress) => !signal.aborted && set({ progress })),
  });
  const isOutdated = context.account?.id !== id || get().account?.id !== id;
  if (isOutdated || (signal.aborted && context.comparing.signal !== signal)) return;
  const { end, failure, read, compared } = run;
  const summary: RunSummary = { end, read, compared, ...(failure ? { failure } : {}) };
  // Files that came meanwhile ended this run, and are still being read.
  const nextPhase = get().phase === 'reading' ? 'reading' : 'idle';
  set({
    phase: nextPhase,
    progress: undefined,
    pictures: get().pictures.map((picture) => withFinding(picture, run, summary)),
  });
  if (!signal.aborted) reportProven(context, [...run.findings.values()]);
}

function reportProven({ onProven }: FindContext, findings: readonly Finding[]): void {
  const [proven, ...others] = findings.map(provenCode);
  if (proven && others.length === 0) onProven?.(proven.qrCodeId);
}

/** Passes on the first progress, each change of a wait, and what is at least the interval later, because each is drawn. */
function atIntervals({ clock }: FindContext, show: (progress: FindProgress) => void) {
  let last: { at: number; waitingUntil: number | undefined } | undefined;
  return (progress: FindProgress) => {
    const { waitingUntil } = progress;
    const at = clock.now();
    if (last && at - last.at < PROGRESS_INTERVAL_MS && waitingUntil === last.waitingUntil) return;
    last = { at, waitingUntil };
    show(progress);
  };
}

function withFinding(picture: FindPicture, { findings, others }: FindRun, run: RunSummary): FindPicture {
  const finding = findings.get(picture.text);
  if (!finding) return picture;
  const { payee: _, ...rest } = picture;
  // After a run that ended early, the payee may be that of a code which was not read.
  const isSilent = finding.equal.length > 0 || (run.end !== 'all' && run.end !== 'unsure');
  return { ...rest, finding, run, ...(isSilent ? {} : { payee: comparePayee(picture.content, others) }) };
}
