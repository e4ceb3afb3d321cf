import packageJson from '../package.json' with { type: 'json' };
import { serveJobs } from './process/host.ts';

serveJobs(process, packageJson.version);
