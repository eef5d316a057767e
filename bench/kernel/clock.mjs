// Time that this process computed, in milliseconds: on a busy machine it goes on waiting between two slices, and no candidate is to pay
// for that. All threads of the process count, so nobody gains by a second one.

export function computed() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Waits until nothing computes in the background any more: engines compile there. */
export async function settle() {
  for (let tries = 0; tries < 100; tries++) {
    const start = computed();
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    if (computed() - start < 1) return;
  }
}
