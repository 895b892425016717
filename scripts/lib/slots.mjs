/**
 * Places for work that may run at the same time. Who asks first comes first, so that what needs all of them is not overtaken
 * for ever.
 * @param count  how many
 */
export function makeSlots(count) {
  const waiting = [];
  let free = count;
  const next = () => {
    while (waiting.length > 0 && waiting[0].width <= free) {
      free -= waiting[0].width;
      waiting.shift().go();
    }
  };
  return {
    count,
    /** Runs `body` once `width` places are free; by default one. */
    async use(body, width = 1) {
      await new Promise((go) => {
        waiting.push({ width: Math.min(width, count), go });
        next();
      });
      try {
        return await body();
      } finally {
        free += Math.min(width, count);
        next();
      }
    },
  };
}
