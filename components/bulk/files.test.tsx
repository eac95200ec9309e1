// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { reviewOf } from '../../tests/fixtures/bulk.ts';
import { createMockActions } from '../../tests/fixtures/bulk-actions.ts';
import type { ListPart, ListSource, SheetSource } from '../../utils/qr-code-id/list-sources.ts';
import { INITIAL_BULK_STATE } from '../../utils/stores/bulk.ts';
import { type BulkFiles, NO_FILES, type SheetQuestion } from '../../utils/stores/bulk-files.ts';
import { FileNotes } from './FileNotes.tsx';
import { ListEntry } from './ListEntry.tsx';
import { PartColumn } from './PartColumn.tsx';

afterEach(cleanup);

function show(files: Partial<BulkFiles>, sources: readonly ListSource[] = []) {
  const actions = createMockActions();
  const all = { ...NO_FILES, ...files };
  return { actions, ...render(<FileNotes files={all} sources={sources} actions={actions} />) };
}
const button = (name: string) => screen.getByRole('button', { name });
const radio = (name: string) => screen.getByRole('radio', { name }) as HTMLInputElement;

const QUESTION: SheetQuestion = {
  key: 7,
  name: 'codes.xlsx',
  sheets: [
    { name: 'May', hidden: false },
    { name: 'Old', hidden: true },
  ],
  missed: false,
  reading: false,
};

describe('A65 a spreadsheet with several sheets', () => {
  it('asks for the sheet, with none preselected', () => {
    const { actions } = show({ questions: [QUESTION] });
    expect(
      screen.getByRole('radiogroup', { name: 'Which sheet of codes.xlsx holds the QR code IDs?' }),
    ).toBeDefined();
    expect([radio('May').checked, radio('Old (hidden)').checked]).toEqual([false, false]);
    fireEvent.click(radio('Old (hidden)'));
    expect(actions.chooseSheet).not.toHaveBeenCalled();
    fireEvent.click(button('Read this sheet'));
    expect(actions.chooseSheet).toHaveBeenCalledExactlyOnceWith(7, 1);
  });

  it('reads no sheet without a choice, and says what to do', () => {
    const { actions } = show({ questions: [QUESTION] });
    fireEvent.click(button('Read this sheet'));
    expect(screen.getByRole('alert').textContent).toContain('Nothing of this file was read.');
    expect(actions.chooseSheet).not.toHaveBeenCalled();
    fireEvent.click(button('Leave this file out'));
    expect(actions.leaveFileOut).toHaveBeenCalledExactlyOnceWith(7);
  });

  it('shows an alert if the operator started the review without choosing', () => {
    show({ questions: [{ ...QUESTION, missed: true }] });
    expect(screen.getByRole('alert').textContent).toContain('Choose a sheet');
  });
});

describe('A60 hidden rows', () => {
  const source: SheetSource = {
    name: 'codes.xlsx',
    place: 0,
    includeHidden: false,
    sheet: {
      name: 'May',
      rows: [
        { number: 1, cells: [{ text: 'QR26ABCDEFGHJ1', kind: 'text' }] },
        { number: 2, hidden: 'filtered', cells: [{ text: 'QR26ABCDEFGHJ2', kind: 'text' }] },
        { number: 3, hidden: 'hidden', cells: [{ text: 'QR26ABCDEFGHJ3', kind: 'text' }] },
      ],
    },
  };

  it('are counted, left out by default, and included by choice', () => {
    const { actions } = show({}, [source]);
    expect(screen.getByRole('radiogroup').textContent).toContain('codes.xlsx: the spreadsheet hides 2 rows');
    expect(radio('Leave them out of the list').checked).toBe(true);
    fireEvent.click(radio('Include them in the list'));
    expect(actions.includeHidden).toHaveBeenCalledExactlyOnceWith(source, true);
  });

  it('have no question if there are none', () => {
    show({}, [{ ...source, sheet: { name: 'May', rows: [] } }]);
    expect(screen.queryByRole('radiogroup')).toBeNull();
  });
});

describe('A65 the button for another column', () => {
  const part = (name: string): ListPart => ({
    name,
    firstLine: 1,
    columns: [
      { index: 0, title: 'Old', values: [], ids: 1 },
      { index: 1, title: 'New', values: [], ids: 1 },
    ],
    column: 0,
    columnName: 'Old',
    choice: undefined,
  });

  it('has the file name in its accessible name if there are several files', () => {
    const actions = createMockActions();
    render(
      <>
        <PartColumn part={part('may.csv')} number={0} of="may.csv" actions={actions} />
        <PartColumn part={part('june.csv')} number={1} of="june.csv" actions={actions} />
      </>,
    );
    const june = button('Choose another column: june.csv');
    expect(button('Choose another column: may.csv').textContent).toBe('Choose another column');
    expect(june.textContent).toBe('Choose another column');
    fireEvent.click(june);
    expect(actions.offerColumns).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('has only its visible name if there is one list', () => {
    render(<PartColumn part={part('may.csv')} number={0} of={undefined} actions={createMockActions()} />);
    expect(button('Choose another column').getAttribute('aria-label')).toBeNull();
  });
});

describe('A65 files that are not read', () => {
  it('are listed by name with the problem and the remedy', () => {
    show({
      problems: [
        { name: 'may.xls', problem: { code: 'kind', kind: 'web-page' } },
        { name: 'gone.csv', problem: { code: 'unreadable' } },
        { name: 'evil\u202efdp.xlsx', problem: { code: 'damaged' } },
      ],
    });
    const [page, gone, evil] = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(page).toBe(
      'may.xls: This is a web page, whatever its name says. Nothing was read. Open it in Excel or LibreOffice, save it as .xlsx or CSV, and choose that file.',
    );
    expect(gone).toMatch(/^gone\.csv: This file could not be read: it was moved/);
    expect(evil).not.toContain('\u202e');
    expect(screen.getByRole('alert').querySelector('ul')).not.toBeNull();
  });
});

describe('A6 a list that is too long for the field', () => {
  const long = 'QR26AB0001,a name\n'.repeat(100_000);

  it('shows its beginning in a read-only field, and can be cleared', () => {
    const actions = createMockActions();
    render(<ListEntry state={{ ...INITIAL_BULK_STATE, text: long }} actions={actions} />);
    const field = screen.getByRole('textbox') as HTMLTextAreaElement;
    expect(field.readOnly).toBe(true);
    expect(field.value.length).toBeLessThan(25_000);
    expect(long.startsWith(field.value) && field.value.endsWith('\n')).toBe(true);
    expect(screen.getByRole('note').textContent).toContain('All 1,00,000 lines belong to the list.');
    fireEvent.click(button('Clear the list'));
    expect(actions.setText).toHaveBeenCalledExactlyOnceWith('');
  });

  it('stays editable up to that length', () => {
    render(
      <ListEntry
        state={{ ...INITIAL_BULK_STATE, text: long.slice(0, 500_000) }}
        actions={createMockActions()}
      />,
    );
    expect((screen.getByRole('textbox') as HTMLTextAreaElement).readOnly).toBe(false);
    expect(screen.queryByRole('note')).toBeNull();
  });
});

describe('A65 pasted text', () => {
  function paste(text: string, pasted: string, { start = 0, end = 0, shown = text } = {}) {
    const actions = createMockActions();
    render(<ListEntry state={{ ...INITIAL_BULK_STATE, text }} actions={actions} />);
    const field = screen.getByRole('textbox') as HTMLTextAreaElement;
    expect(field.value).toBe(shown);
    field.setSelectionRange(start, end);
    const clipboardData = { getData: () => pasted };
    const event = new Event('paste', { bubbles: true, cancelable: true });
    fireEvent(field, Object.assign(event, { clipboardData }));
    return { actions, isTaken: event.defaultPrevented };
  }
  const long = 'QR26AB0001\r\n'.repeat(50_000);

  it('replaces the selection by a text that is too long for the field, before the browser draws it', () => {
    const { actions, isTaken } = paste('first\nOLD\nlast', long, { start: 6, end: 9 });
    expect(isTaken).toBe(true);
    const lines = 'QR26AB0001\n'.repeat(50_000);
    expect(actions.setText).toHaveBeenCalledExactlyOnceWith(`first\n${lines}\nlast`);
  });

  it('is left to the browser if it fits, or if the field is read-only', () => {
    expect(paste('', 'QR26AB0001\r\n').isTaken).toBe(false);
    cleanup();
    const tooLong = 'QR26AB0001\n'.repeat(50_000);
    const shown = tooLong.slice(0, tooLong.lastIndexOf('\n', 20_000) + 1);
    expect(paste(tooLong, long, { shown }).isTaken).toBe(false);
  });
});

describe('the form beside a review', () => {
  it('is not rendered again by the answers of the review', () => {
    const state = { ...INITIAL_BULK_STATE, text: 'QR26AB0001' };
    const review = reviewOf([{ kind: 'not-read-yet' }], { state: 'reading' });
    const actions = createMockActions();
    const { rerender } = render(<ListEntry state={{ ...state, review }} actions={actions} />);
    const field = screen.getByRole('textbox');
    let reads = 0;
    Object.defineProperty(field, 'value', {
      get: () => {
        reads += 1;
        return state.text;
      },
    });
    for (let answer = 0; answer < 10; answer += 1)
      rerender(<ListEntry state={{ ...state, review: { ...review } }} actions={actions} />);
    expect(reads).toBe(0);
    rerender(<ListEntry state={{ ...state, stashedList: 'QR26AB0002', review }} actions={actions} />);
    expect(reads).toBeGreaterThan(0);
  });
});

describe('A65 dropped text', () => {
  function drop(text: string, dropped: string) {
    const actions = createMockActions();
    const { container } = render(<ListEntry state={{ ...INITIAL_BULK_STATE, text }} actions={actions} />);
    const event = new Event('drop', { bubbles: true, cancelable: true });
    const form = container.querySelector('form');
    if (form) fireEvent(form, Object.assign(event, { dataTransfer: { files: [], getData: () => dropped } }));
    return actions;
  }

  it('is appended to the text in the field', () => {
    expect(drop('', 'QR2').setText).toHaveBeenCalledExactlyOnceWith('QR2');
    expect(drop('QR1\n', 'QR2').setText).toHaveBeenCalledExactlyOnceWith('QR1\nQR2');
    expect(drop('QR1', '').setText).not.toHaveBeenCalled();
  });
});
