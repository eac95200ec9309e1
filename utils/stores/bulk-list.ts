import {
  type ListSource,
  readSources,
  type SourcesRead,
  sourcesText,
  type TextInput,
} from '../qr-code-id/list-sources.ts';
import type { BulkActions, BulkContext } from './bulk-state.ts';

type ListActions = Pick<BulkActions, 'restoreStashedList' | 'chooseColumn' | 'offerColumns' | 'take'>;

/** The list: its text, its sources, and the list that another one has replaced. */
export interface ListSlice {
  actions: ListActions;
  /** Replaces the list. `from` is its source, if that is not the text itself. */
  setText(text: string, from?: TextInput): void;
  /** Replaces the sources, and the field's text by theirs. `added`: they include the list in the field. */
  takeSources(sources: readonly ListSource[], added: boolean): void;
  /** Stashes the text in the field before this text replaces it. */
  stash(nextText: string): void;
  parse(): SourcesRead;
}

interface ListContext extends Pick<BulkContext, 'get' | 'set'> {
  /** Stops the reads of the review, which are about the list before. */
  dropReads(): void;
  /** The last text that came into the field other than by typing. */
  lastImportedText: string | undefined;
  /** Texts that the reader left out and the operator has included. */
  included: ReadonlySet<string>;
}

const EMPTY_LIST = {
  list: undefined,
  parts: [],
  review: undefined,
  includeUnread: false,
} as const;

export function createListSlice({ get, set }: BulkContext, dropReads: () => void): ListSlice {
  const context: ListContext = { get, set, dropReads, lastImportedText: undefined, included: new Set() };
  return {
    actions: {
      restoreStashedList: () => restoreStashedList(context),
      chooseColumn(column, part) {
        changeSource(context, part, { column });
        parseAgain(context);
      },
      offerColumns: (part) => offerColumns(context, part),
      take(text) {
        context.included = new Set([...context.included, text]);
        parseAgain(context);
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
  context.included = new Set();
  context.set({ ...EMPTY_LIST, text, sources: text === '' ? [] : [from], error: undefined });
}

function takeSources(context: ListContext, sources: readonly ListSource[], added: boolean): void {
  const { get, set } = context;
  const text = sourcesText(sources);
  if (added) context.lastImportedText = text;
  else {
    stash(context, text);
    context.included = new Set();
  }
  const { confirmation } = get();
  // An open dialog asks about the list before: confirming it must not cancel this list.
  set({ text, sources, confirmation: confirmation?.busy ? confirmation : undefined });
  parseAgain(context);
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
function parse({ get, set, included }: ListContext): SourcesRead {
  const { sources } = get();
  const read = readSources(sources, included);
  const withChoices = sources.map((source, index) => ({ ...source, choice: read.parts[index]?.choice }));
  set({ ...EMPTY_LIST, ...read, sources: withChoices });
  return read;
}

function parseAgain(context: ListContext): void {
  context.dropReads();
  context.set({ error: undefined });
  parse(context);
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
