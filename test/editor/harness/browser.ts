import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Chromium's program file: `CHROMIUM`, or where Linux distributions put it. */
function chromiumPath(): string {
  const file = process.env['CHROMIUM'] ?? candidates.find((candidate) => existsSync(candidate));
  if (file === undefined || !existsSync(file)) {
    throw new Error(
      'No Chromium found. Install it (apt-get install chromium) or set CHROMIUM to its program.',
    );
  }
  return file;
}

/**
 * How Chromium is started in every test. No host name resolves in it: a page that asks the internet for
 * anything fails the same way everywhere.
 */
export function chromiumOptions() {
  return {
    executablePath: chromiumPath(),
    headless: true,
    args: [
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}

/** A headless Chromium whose profile lies under `home`. */
export async function startBrowser(home: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(path.join(home, 'chromium'), {
    ...chromiumOptions(),
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}
