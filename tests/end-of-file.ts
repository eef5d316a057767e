/** What shared modules do when a test file ends. The fast run loads them once for many files, so that an `afterAll` of their own would see the first one only. */
const tasks: (() => void)[] = [];

export function atEndOfFile(task: () => void): void {
  tasks.push(task);
}

export function endFile(): void {
  for (const task of tasks) task();
}
