export { openOds } from './read-ods.ts';
export { openXlsx } from './read-xlsx.ts';
