/** The renderers on the page, for those who have to reach all of them: a change of theme repaints what CSS cannot. */

export interface LiveRenderer {
  repaint(): void;
}

const live = new Set<LiveRenderer>();

/** Adds a renderer; the returned function takes it away again. */
export function addLive(renderer: LiveRenderer): () => void {
  live.add(renderer);
  return () => live.delete(renderer);
}

export function repaintAll(): void {
  for (const renderer of live) renderer.repaint();
}

export function countLive(): number {
  return live.size;
}
