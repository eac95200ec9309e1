import type { Scenes } from './scene.ts';
import { BULK } from './scenes/bulk.tsx';
import { DIALOGS } from './scenes/dialogs.tsx';
import { PARTS } from './scenes/parts.tsx';
import { POPUP } from './scenes/popup.tsx';
import { SEARCH } from './scenes/search.tsx';
import { SETTINGS } from './scenes/settings.tsx';

/** All scenes, by name. */
export const SCENES: Scenes = { ...PARTS, ...DIALOGS, ...POPUP, ...SETTINGS, ...BULK, ...SEARCH };
