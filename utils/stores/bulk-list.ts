import { createSlicer } from '../lib/time-slice.ts';
import {
  areLongSources,
  type ListSource,
  readSourcesInSteps,
  type SourcesRead,
  sourcesText,
  type TextInput,
} from '../qr-code-id/list-sources.ts';
import { runAtOnce, runInSlices, type Steps } from '../qr-code-id/steps.ts';
import type { BulkActions, BulkContext, BulkState } from './bulk-state.ts';

type ListActions = Pick<BulkActions, 'restoreStashedList' | 'chooseColumn' | 'offerColumns' | 'take'>;

/** The list: its text, its sources, and the list that another one has replaced. */
export interface ListSlice {
  actions: ListActions;
  /** Replaces the list. `from` is its source, if that is not the text itself. */
  setText(text: string, from?: TextInput): void;
  /** Replaces the sources, and the field's text by theirs. `added`: they include the list in the field. */
  takeSources(sources: readonly ListSource[], added: boolean): Promise<void>;
  /** Stashes the text in the field before this text replaces it. */
  stash(nextText: string): void;
  /** Reads the sources as one list; `undefined` if the list has changed meanwhile. A short list is read at once. */
  parse(): Promise<SourcesRead | undefined>;
}

interface ListContext extends Pick<BulkContext, 'get' | 'set' | 'clock'> {
  /** Stops the reads of the review, which are about the list before. */
  dropReads(): void;
  /** The last text that came into the field other than by typing. */
  lastImportedText: string | undefined;
  /** Texts that the reader left out and the operator has included. */
  included: ReadonlySet<string>;
  /** Changes with the list and with each reading of it, so that a slow reading of an earlier list is dropped. */
  generation: number;
}

const EMPTY_LIST = {
  list: undefined,
  parts: [],
  review: undefined,
  includeUnread: false,
} as const;

export function createListSlice({ get, set, clock }: BulkContext, dropReads: () => void): ListSlice {
  const context: ListContext = {
    get,
    set,
    clock,
    dropReads,
    lastImportedText: undefined,
    included: new Set(),
    generation: 0,
  };
  return {
    actions: {
      restoreStashedList: () => restoreStashedList(context),
      chooseColumn(column, part) {
        changeSource(context, part, { column });
        void parseAgain(context);
      },
      offerColumns: (part) => offerColumns(context, part),
      take(text) {
        context.included = new Set([...context.included, text]);
        void parseAgain(context);
      },
    },
    setText: (text, from) => setText(context, text, from),
    takeSources: (sources, added) => takeSources(context, sources, added),
    stash: (nextText) => stash(context, nextText),
    parse: () => parse(context),
  };
}

function setText(context: ListContext, text: string, from: TextInput = { text }): void {
  context.dropReads();
  context.generation += 1;
  context.included = new Set();
  const sources = text === '' ? [] : [from];
  context.set({ ...EMPTY_LIST, ...closeQuestion(context), text, sources, error: undefined });
}

async function takeSources(
  context: ListContext,
  sources: readonly ListSource[],
  added: boolean,
): Promise<void> {
  const text = sourcesText(sources);
  if (added) context.lastImportedText = text;
  else {
    stash(context, text);
    context.included = new Set();
  }
  context.set({ ...closeQuestion(context), text, sources });
  await parseAgain(context);
}

/** An open dialog asks about the list before: confirming it must not cancel this list. A start in progress keeps its dialog. */
function closeQuestion({ get }: ListContext): Pick<BulkState, 'confirmation'> {
  const { confirmation } = get();
  return { confirmation: confirmation?.busy ? confirmation : undefined };
}

/**
 * Stashes the current text before it is replaced. Skips empty or identical text, and never replaces a typed list with
 * an imported one.
 */
function stash(context: ListContext, nextText: string): void {
  const { text, stashedList } = context.get();
  const keepsStash = stashedList !== undefined && text === context.lastImportedText;
  if (!keepsStash && text.trim() !== '' && text.trim() !== nextText.trim())
    context.set({ stashedList: text });
  context.lastImportedText = nextText;
}

function restoreStashedList(context: ListContext): void {
  const { text, stashedList } = context.get();
  if (stashedList === undefined) return;
  setText(context, stashedList);
  context.set({ stashedList: text.trim() === '' ? undefined : text });
}

/** Reads the sources as one list. A choice of columns stays on screen until its source changes. */
async function parse(context: ListContext): Promise<SourcesRead | undefined> {
  const { get, set, included } = context;
  const { sources } = get();
  context.generation += 1;
  const steps = readSourcesInSteps(sources, included);
  const read = areLongSources(sources) ? await readInSlices(context, steps) : runAtOnce(steps);
  if (!read) return undefined;
  const withChoices = sources.map((source, index) => ({ ...source, choice: read.parts[index]?.choice }));
  set({ ...EMPTY_LIST, ...closeQuestion(context), ...read, sources: withChoices });
  return read;
}

/** A review of the list before is removed first: nothing can be confirmed while the list is being read. */
async function readInSlices(
  context: ListContext,
  steps: Steps<SourcesRead>,
): Promise<SourcesRead | undefined> {
  const { generation, clock, set } = context;
  set({ ...closeQuestion(context), review: undefined, includeUnread: false });
  return runInSlices(steps, createSlicer(clock), () => generation === context.generation);
}

async function parseAgain(context: ListContext): Promise<void> {
  context.dropReads();
  context.set({ error: undefined });
  await parse(context);
}

function changeSource(
  { get, set }: ListContext,
  part: number,
  change: Pick<ListSource, 'column' | 'choice'>,
): void {
  const { sources } = get();
  set({ sources: sources.map((source, index) => (index === part ? { ...source, ...change } : source)) });
}

function offerColumns(context: ListContext, part: number): void {
  const { parts } = context.get();
  const columns = parts[part]?.columns ?? [];
  if (columns.length === 0) return;
  const choice = { columns, mayTakeAll: false };
  changeSource(context, part, { choice });
  context.set({ parts: parts.map((each, index) => (index === part ? { ...each, choice } : each)) });
}
