/** What a workbench shows. Paths are absolute. */
export interface WorkbenchContent {
  /** The folder to open as the workspace. */
  readonly folder: string;
  readonly openFile?: string;
  /** The folder of an extension under development. */
  readonly extension?: string;
  /** The module whose `run()` the extension host calls. */
  readonly tests?: string;
}

/** The address at which a server shows a workbench with these things in it. */
export function workbenchAddress(
  server: string,
  { folder, openFile, extension, tests }: WorkbenchContent,
): string {
  const remote = (file: string): string => `vscode-remote://${new URL(server).host}${file}`;
  const payload: [string, string][] = [];
  if (openFile !== undefined) payload.push(['openFile', remote(openFile)]);
  if (extension !== undefined) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({ folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${server}/?${query.toString()}`;
}
