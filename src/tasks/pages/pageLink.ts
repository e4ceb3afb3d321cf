import * as z from 'zod/mini';
import type { HostToPage, MessageBody, MessageType, PageProtocol, Reply } from '../../../webview/protocol.ts';

/** Checks what a message of each type holds. */
export type MessageReaders<P extends PageProtocol> = {
  readonly [T in MessageType<P>]: z.ZodMiniType<MessageBody<P, T>>;
};

/** What a page shows, and what its messages do. */
export interface Page<P extends PageProtocol> {
  /** Of its tab. */
  readonly title: string;
  readonly content: () => P['content'] | Promise<P['content']>;
  readonly handlers: {
    readonly [T in MessageType<P>]: (
      message: MessageBody<P, T>,
    ) => T extends keyof P['replies'] ? Reply<P, T> | Promise<Reply<P, T>> : unknown;
  };
  close?(): Promise<void>;
}

interface PageLinkHooks<P extends PageProtocol> {
  readonly post: (message: HostToPage<P>) => unknown;
  /** Called if a message was refused, with the part that was wrong but never with its content. */
  readonly onRefused: (reason: string) => void;
  /** Hears of each failure of a handler. */
  readonly onFailed: (error: unknown) => void;
}

/** The host's end of a page. */
export interface PageLink<P extends PageProtocol> {
  /** May be replaced while the page is open. */
  page: Page<P>;
  receive(message: unknown): Promise<void>;
  /** Shows the content as it is now. A page that is not ready gets it when it says that it is. */
  refresh(): Promise<void>;
  /** To be called when the page is unloaded, as VS Code does when its panel is hidden. */
  unloaded(): void;
}

const envelope = z.object({ type: z.string(), request: z.optional(z.int()) });

export function linkPage<P extends PageProtocol>(
  first: Page<P>,
  readers: MessageReaders<P>,
  { post, onRefused, onFailed }: PageLinkHooks<P>,
): PageLink<P> {
  let isReady = false;
  /** Messages to a page that is gone have nobody to read them. */
  const send = (message: HostToPage<P>): void => {
    if (isReady) post(message);
  };

  /** Undefined if the message was refused or its handler failed. */
  const handle = async (type: MessageType<P>, message: unknown): Promise<unknown> => {
    const read = readers[type].safeParse(message);
    if (!read.success) {
      onRefused(`"${type}" is wrong in ${partsOf(read.error)}`);
      return undefined;
    }
    try {
      const reply: unknown = link.page.handlers[type](read.data);
      return await reply;
    } catch (error) {
      onFailed(error);
      return undefined;
    }
  };

  const link: PageLink<P> = {
    page: first,
    async receive(message) {
      const read = envelope.safeParse(message);
      if (!read.success) return onRefused(`wrong in ${partsOf(read.error)}`);
      const { type, request } = read.data;
      if (type === 'ready') {
        isReady = true;
        return link.refresh().catch(onFailed);
      }
      if (!isTypeOf(readers, type)) return onRefused('its type is unknown');
      const reply = await handle(type, message);
      if (request !== undefined) send({ type: 'reply', request, reply });
    },
    async refresh() {
      if (isReady) send({ type: 'show', content: await link.page.content() });
    },
    unloaded() {
      isReady = false;
    },
  };
  return link;
}

function isTypeOf<P extends PageProtocol>(readers: MessageReaders<P>, type: string): type is MessageType<P> {
  return Object.hasOwn(readers, type);
}

/** Names of fields, not their values. */
function partsOf({ issues }: z.core.$ZodError): string {
  return issues.map(({ path }) => path.join('.') || 'its form').join(', ');
}
