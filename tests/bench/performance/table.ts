import { amountText, intervalText, limitText, outcomeText } from '../figures.ts';
import type { Results, RunFacts, StoredRow } from './results.ts';

const ABOUT = `# Performance

\`npm run bench\` writes this file, its picture and \`tests/bench/results.json\`. Do not edit them by hand.

- \`npm run bench\` measures every row. It takes hours and needs a quiet machine.
- \`npm run bench -- --only NAME\` measures the rows of one group. The others keep their values and their date, so a long run
  can be made in pieces.
- \`npm run bench -- --quick\` measures smaller jobs in fewer rounds, prints the rows, and writes nothing here.

A row compares two subjects that are measured in turns within one run, because the speed of a machine varies. *Measured* and
*beside* are medians. *Result* is the median of the rounds' ratios with its 95 % interval or, without a peer, the median of
the values with its interval. \`PASS\` requires the whole interval to be inside the limit. \`VOID\` means that the subject, measured
twice in each round, differed from itself. \`told\` has no limit. Rows marked * must be within the limit in every round; their
brackets hold the lowest and the highest round.
`;

const PICTURE = `## Share of Node's rate over HTTP/2

![The rate of a job of 1,500 codes with 24 requests at once, as a share of the rate of Node's HTTP/2 client, at several latencies](pictures/latency.svg)

The line of the bare loop is the limit that the browser sets: a worker with the same permissions and the same header rule,
without journal, accounts or checks.
`;

/** The text of docs/performance.md. */
export function performancePage({ runs, rows }: Results, hasPicture: boolean): string {
  const sections = [ABOUT];
  if (hasPicture) sections.push(PICTURE);
  sections.push(`## Rows\n\n${rows.length > 0 ? rowTable(rows) : 'No row has been measured yet.\n'}`);
  if (runs.length > 0) sections.push(`## Runs\n\n${runTable(runs)}`);
  return sections.join('\n');
}

function rowTable(rows: readonly StoredRow[]): string {
  return table(
    ['group', 'row', 'measured', 'beside', 'result', 'limit', 'verdict', 'run'],
    rows.map((row, index) => [
      row.group === rows[index - 1]?.group ? '' : `\`${row.group}\``,
      `${row.row}${row.everyRound ? ' *' : ''}`,
      amountText(row.of, row.unit),
      amountText(row.against, row.unit),
      intervalText(row.interval),
      limitText(row.limit),
      outcomeText(row),
      row.run,
    ]),
  );
}

function runTable(runs: readonly RunFacts[]): string {
  return table(
    ['run (UTC)', 'commit', 'seed', 'machine', 'system', 'browser', 'Node'],
    runs.map(({ at, commit, seed, processor, cores, memoryGb, system, browser, node }) => [
      at,
      commit,
      String(seed),
      `${processor}, ${cores} cores, ${memoryGb} GB`,
      system,
      browser,
      node,
    ]),
  );
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cellText).join(' | ')} |`;
  return `${[line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

/** A cell on one line, with nothing that Markdown reads as the end of the cell. */
function cellText(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}
