/** Polls until `attempt` answers something; fails after `timeout` milliseconds, naming what was waited for. */
export async function until<T>(what: string, attempt: () => Promise<T | undefined> | T | undefined, timeout = 60_000): Promise<T> {
  for (const deadline = Date.now() + timeout; ; ) {
    const value = await attempt();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeout} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
