import type { SearchActions } from '../../utils/stores/search-state.ts';
import { rowStepForKey } from '../ui/grid-keys.ts';

type Actions = Pick<SearchActions, 'move' | 'toggle' | 'selectAll' | 'open'>;

/** The table's keys: arrows move, Shift with arrows extends the selection, Space selects a row, Enter opens it. */
export function gridKeys(event: KeyboardEvent, cursor: string | undefined, actions: Actions): void {
  const { key, shiftKey, ctrlKey, metaKey } = event;
  const onHeading = event.target instanceof Element && event.target.closest('thead') !== null;
  const step = rowStepForKey(key);
  if (step !== undefined) actions.move(step, shiftKey);
  else if ((ctrlKey || metaKey) && key.toLowerCase() === 'a') actions.selectAll();
  else if (onHeading || cursor === undefined) return;
  else if (key === ' ') actions.toggle(cursor);
  else if (key === 'Enter') void actions.open(cursor);
  else return;
  event.preventDefault();
}
