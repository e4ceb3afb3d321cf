import manifest from '../../../package.json' with { type: 'json' };

interface ContributedCommand {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

/** The commands that package.json contributes. */
export const contributedCommands: readonly ContributedCommand[] = (
  manifest as unknown as { contributes: { commands: ContributedCommand[] } }
).contributes.commands;

/** What the command palette shows for a command: `Chartmark: Evaluate ...`. */
export function paletteTitle(id: string): string {
  const found = contributedCommands.find(({ command }) => command === id);
  if (found === undefined) throw new Error(`package.json contributes no command ${id}.`);
  return found.category === undefined ? found.title : `${found.category}: ${found.title}`;
}
