import process from 'node:process';

/** Runs `work` as if no environment variable began with `OPENAI_`. */
export function withoutOpenAiVariables<T>(work: () => T): T {
  const hidden = Object.entries(process.env).filter(([name]) => /^OPENAI_/i.test(name));
  for (const [name] of hidden) delete process.env[name];
  try {
    return work();
  } finally {
    for (const [name, value] of hidden) process.env[name] = value;
  }
}

/**
 * Keeps requests to this computer away from proxies: if `NODE_USE_ENV_PROXY` is set, Node's `fetch` would send even
 * those to the proxy of the environment. `fetch` reads the exceptions before each request.
 */
export function bypassProxies(hostname: string): void {
  const name = process.env['no_proxy'] === undefined ? 'NO_PROXY' : 'no_proxy';
  const exceptions = process.env[name] ?? '';
  if (exceptions === '*' || exceptions.split(/[\s,]+/).includes(hostname)) return;
  process.env[name] = [exceptions, hostname].filter((part) => part !== '').join(',');
}
