export { parseBrat } from './brat/read.ts';
export { formatBrat } from './brat/write.ts';
