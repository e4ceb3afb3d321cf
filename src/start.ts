import packageJson from '../package.json' with { type: 'json' };

// The first file of the command, also on a Node that cannot read the rest: it is built for very old ones.

/** esbuild leaves this call in place, so that the rest is only read after the check. */
declare const require: (file: string) => unknown;

const needed = packageJson.engines.node.replace(/^[^0-9]+/, '');
const [needsMajor = 0, needsMinor = 0] = needed.split('.').map(Number);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > needsMajor || (major === needsMajor && minor >= needsMinor)) {
  require('./commandLine.cjs');
} else {
  process.stderr.write(
    `Chartmark needs Node.js ${needed} or newer, but this is ${process.versions.node}. Install a newer Node.js and try again.\n`,
  );
  process.exitCode = 1;
}
