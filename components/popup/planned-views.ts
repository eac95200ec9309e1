/** One chunk for both: the bundler joins the popup's common code with its entry only if few chunks share it. */
export { LaterField } from './LaterField.tsx';
export { PlannedForCode } from './PlannedForCode.tsx';
