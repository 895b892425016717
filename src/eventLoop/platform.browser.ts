/** What the event loop asks of a page. */
interface Port {
  onmessage: () => void;
  postMessage(message: unknown): void;
  close(): void;
}
declare const MessageChannel: new () => { port1: Port; port2: Port };

/** Fulfils when the page has handled what waits. A message, because timers are slowed down to 4 ms. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
