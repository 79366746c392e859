/** Milliseconds that `work` took, until what it promises is there. */
export async function elapsedMs(work: () => unknown): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
