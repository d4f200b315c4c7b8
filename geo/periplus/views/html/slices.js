// Long work in slices: between them the browser paints, and answers who reads.

/** In milliseconds. A task of more than 50 is felt: what goes over a slice must not reach that. */
const SLICE = 12;

/** Do the work of a generator, which yields wherever it can pause. */
function inSlices(work) {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const end = performance.now() + SLICE;
    while (performance.now() < end) {
      if (work.next().done) {
        channel.port1.close();
        return;
      }
    }
    channel.port2.postMessage("");
  };
  channel.port2.postMessage("");
}

export { inSlices };
