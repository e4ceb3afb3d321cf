import { connect } from '../vscodeApi.ts';
import type { ReviewProtocol } from './protocol.ts';

export const host = connect<ReviewProtocol>({ filter: {}, from: 0, tab: 'texts' });
