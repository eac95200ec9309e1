import { useEffect } from 'preact/hooks';
import { downloadText } from '../../components/download.ts';
import { Options } from '../../components/Options.tsx';
import { applyTheme } from '../../components/ui/theme.ts';
import { send } from '../../utils/messages.ts';
import type { OptionsStore } from '../../utils/views/options.ts';
import { useView } from '../../utils/views/use-view.ts';
import { historyCsv } from '../../utils/wording/history-csv.ts';

export function App({ store }: { store: OptionsStore }) {
  const state = useView(store);
  useEffect(() => applyTheme(state.page?.settings.theme), [state.page]);
  return <Options state={state} actions={store.actions} onExport={() => void exportHistory()} />;
}

async function exportHistory(): Promise<void> {
  const attempts = await send('readAttempts', { limit: 100_000 });
  downloadText('qr-cancel-history.csv', 'text/csv', historyCsv(attempts));
}
