// The service of the latency bench, in a process of its own: forked with the latency in milliseconds.
import { startChatServer } from '../../test/support/chatServer/chatServer.ts';

const { baseUrl } = await startChatServer({ latency: Number(process.argv[2]) });
process.send?.(baseUrl);
