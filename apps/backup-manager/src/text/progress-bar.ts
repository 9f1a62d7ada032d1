/** `[#####.....] 50 %`; nothing is known of a total of 0. */
export function progressBar(done: number, total: number): string {
  const part = total === 0 ? 0 : Math.min(1, done / total);
  const filled = Math.floor(part * WIDTH);
  const percent = String(Math.floor(part * 100)).padStart(3);
  return `[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${percent} %`;
}

const WIDTH = 20;
