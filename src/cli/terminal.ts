/** What a command says while it works: one line that is rewritten on a terminal, plain lines anywhere else. */

import { styleText } from 'node:util';

export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

export type Update = (detail: string) => void;

export interface Terminal {
  readonly say: (line?: string) => void;
  readonly style: (style: Style, text: string) => string;
  /** Shows a piece of work until it ends; `work` may tell how far it is as often as it likes. */
  readonly show: <Result>(title: string, work: (update: Update) => Promise<Result>, conclude: (result: Result) => string) => Promise<Result>;
}

/** How often a line is printed where it can't be rewritten, in ms. */
const PLAIN_INTERVAL = 5_000;

/** Back to the start of the line, and clear it. */
const REWRITE = '\r\u001B[2K';

export function openTerminal(output: Output, environment: NodeJS.ProcessEnv): Terminal {
  const isLive = output.isTTY === true && environment['TERM'] !== 'dumb' && !environment['CI'];
  const hasColour = output.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  const style = (name: Style, text: string): string => (hasColour ? styleText(name, text, { validateStream: false }) : text);
  const say = (line = ''): void => {
    output.write(`${line}\n`);
  };

  return {
    say,
    style,
    async show(title, work, conclude) {
      const start = performance.now();
      let detail = '';
      let printed = start;
      const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(0)} s`;
      const redraw = (): void => {
        const line = [title, detail, seconds()].filter(Boolean).join('  ');
        output.write(`${REWRITE}${line.slice(0, (output.columns ?? 80) - 1)}`);
      };
      const timer = isLive ? setInterval(redraw, 200) : undefined;
      if (!isLive) say(title);
      const update = (next: string): void => {
        detail = next;
        if (isLive || performance.now() - printed < PLAIN_INTERVAL) return;
        printed = performance.now();
        say(`  ${detail}, ${seconds()}`);
      };
      try {
        const result = await work(update);
        if (isLive) output.write(REWRITE);
        say(isLive ? `${title}  ${style('green', conclude(result))}` : `  ${conclude(result)}`);
        return result;
      } catch (error) {
        if (isLive) output.write(`${REWRITE}${title}\n`);
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
  };
}
