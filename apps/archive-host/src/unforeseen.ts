/**
 * Never resolves. Rejects with the first error that nobody has caught: Node would
 * end the process with its stack, and BackupPC shows the last line of that.
 */
export async function unforeseen(): Promise<never> {
  return await new Promise((_, reject) => {
    process.on("uncaughtException", reject);
  });
}
