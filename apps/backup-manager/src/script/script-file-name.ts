/** `restore_gandalf.sh`. Whatever a host is called, it names a file of that directory and no two hosts the same. */
export function scriptFileName(host: string): string {
  return `restore_${encodeURIComponent(host)}.sh`;
}
