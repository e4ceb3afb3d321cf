/** What one page and the host exchange. */
export interface PageProtocol {
  /** What the page shows. It is always sent whole, so a page that was hidden misses nothing. */
  readonly content: unknown;
  /** What the page says, a union by `type`. */
  readonly message: { readonly type: string };
  /** The replies to the messages that are requests, by `type`. */
  readonly replies: object;
  /** What the page keeps while its panel is hidden, through `setState`. */
  readonly state: object;
}

export type MessageType<P extends PageProtocol> = P['message']['type'];
type RequestType<P extends PageProtocol> = MessageType<P> & keyof P['replies'];

/** What a message of type `T` holds besides its type. */
export type MessageBody<P extends PageProtocol, T extends MessageType<P>> = Omit<
  Extract<P['message'], { readonly type: T }>,
  'type'
>;

/** A message that the host replies to. */
export type RequestMessage<P extends PageProtocol> = Extract<P['message'], { readonly type: RequestType<P> }>;

/** The reply to a request of type `T`. */
export type Reply<P extends PageProtocol, T> = P['replies'][T & keyof P['replies']];

/** The page has loaded and listens; the host answers with `ShowMessage`. Sent again after each reload. */
interface ReadyMessage {
  readonly type: 'ready';
}

/** Everything that a page sends. A request has a number, which its reply repeats. */
export type PageToHost<P extends PageProtocol> =
  | ReadyMessage
  | P['message']
  | (RequestMessage<P> & { readonly request: number });

/** Show this in place of what is there. */
interface ShowMessage<P extends PageProtocol> {
  readonly type: 'show';
  readonly content: P['content'];
}

/** The reply to a request. It is missing if the request failed; the host has shown the failure. */
export interface ReplyMessage {
  readonly type: 'reply';
  readonly request: number;
  readonly reply?: unknown;
}

/** Everything that a page hears. */
export type HostToPage<P extends PageProtocol> = ShowMessage<P> | ReplyMessage;
