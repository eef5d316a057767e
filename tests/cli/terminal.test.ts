import { describe, expect, test } from 'vitest';
import { openTerminal, type Output } from '../../src/cli/terminal.ts';

function record(isTTY: boolean): Output & { readonly text: () => string } {
  const written: string[] = [];
  return { isTTY, columns: 40, write: (text) => written.push(text), text: () => written.join('') };
}

describe('openTerminal', () => {
  test('prints plain lines where nothing can be rewritten', async () => {
    const output = record(false);
    const terminal = openTerminal(output, {});
    const result = await terminal.show('Lint', () => Promise.resolve(3), (count) => `${count} findings`);
    expect(result).toBe(3);
    expect(output.text()).toBe('Lint\n  3 findings\n');
  });

  test('colours the conclusion on a terminal', async () => {
    const output = record(true);
    await openTerminal(output, { TERM: 'xterm' }).show('Lint', () => Promise.resolve(3), (count) => `${count} findings`);
    expect(output.text()).toContain('\u001B[32m3 findings\u001B[39m');
  });

  test('NO_COLOR is respected', () => {
    const output = record(true);
    expect(openTerminal(output, { TERM: 'xterm', NO_COLOR: '1' }).style('red', 'x')).toBe('x');
  });

  test('an error passes through and leaves the title on its own line', async () => {
    const output = record(true);
    const work = openTerminal(output, { TERM: 'xterm' }).show('Lint', () => Promise.reject(new Error('broken')), String);
    await expect(work).rejects.toThrow('broken');
    expect(output.text().endsWith('Lint\n')).toBe(true);
  });
});
