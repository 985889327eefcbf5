// Fetching again is asked for from many sides at once. One fetch of a kind runs at a time, and however often it is
// asked for meanwhile, one more follows: answers never overtake each other, and the last word is always shown.

/** @returns a function whose promise is settled when what was there at the call has been fetched */
export function oneAtATime(load, onError) {
  let running = null;
  let next = null;

  async function run() {
    try {
      await load();
    } catch (error) {
      onError(error);
    }
  }

  return function refresh() {
    if (!running) {
      running = run().finally(() => { running = null; });
      return running;
    }
    next ??= running.then(() => {
      next = null;
      return refresh();
    });
    return next;
  };
}
