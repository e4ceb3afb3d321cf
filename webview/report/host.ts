import { connect } from '../vscodeApi.ts';
import type { ReportProtocol } from './protocol.ts';

export const host = connect<ReportProtocol>({ tab: 'scores' });
