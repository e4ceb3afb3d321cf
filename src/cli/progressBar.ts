import { visibleName } from '../foundation/visibleText.ts';

const BAR_WIDTH = 24;
const QUIET_INTERVAL_MS = 5000;

interface Bar {
  /** `fraction` in [0, 1]; `text` says what is done and what is left. */
  update(fraction: number, text: string): void;
  /** Ends the line. */
  finish(text?: string): void;
}

/**
 * One line that is rewritten in place on a terminal. Elsewhere (a log, CI) the same text is written as a
 * new line, at most every five seconds.
 */
export function progressBar(stream: NodeJS.WriteStream, label: string): Bar {
  let lastWritten = 0;
  let open = false;
  const write = (fraction: number, text: string): void => {
    const filled = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_WIDTH);
    const line = `${label} [${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}] ${visibleName(text)}`;
    if (stream.isTTY) {
      stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, stream.columns - 1))}`);
      open = true;
    } else {
      stream.write(`${line}\n`);
    }
    lastWritten = Date.now();
  };
  return {
    update(fraction, text) {
      if (stream.isTTY || Date.now() - lastWritten >= QUIET_INTERVAL_MS) write(fraction, text);
    },
    finish(text) {
      if (text !== undefined) write(1, text);
      if (open) stream.write('\n');
      open = false;
    },
  };
}
