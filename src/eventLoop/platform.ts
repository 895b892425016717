/** What the event loop asks of Node; `platform.browser.ts` says it for a page. */

/** Fulfils when the event loop has turned once. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
