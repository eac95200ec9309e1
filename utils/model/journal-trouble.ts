/**
 * Why the journal can't be used. `newer`: a newer version of the extension has written it. `full`: the browser has no
 * space left. `blocked`: another page holds it. `elsewhere`: this page is in another storage partition than the worker.
 * `no-answer`: the worker, which names the journal, did not respond. `damaged`: anything else; browsers report
 * damaged files and failing disks alike.
 */
export type JournalTrouble = 'newer' | 'full' | 'damaged' | 'blocked' | 'elsewhere' | 'no-answer';
