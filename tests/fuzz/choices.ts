/** Where a program takes a turn: numbers that fast-check draws and shrinks. Once they are used up, the first choice is taken, which is the plainest. */
import * as fc from 'fast-check';

export class Choices {
  readonly #numbers: ArrayLike<number>;
  #at = 0;

  constructor(numbers: ArrayLike<number>) {
    this.#numbers = numbers;
  }

  /** A number below `count`. */
  next(count: number): number {
    return (this.#numbers[this.#at++] ?? 0) % count;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.next(items.length)] as T;
  }

  /** Seldom: once in `one`, never when the numbers are used up. */
  once(one: number): boolean {
    return this.next(one) === one - 1;
  }

  /** From `least` to `most` of something. */
  many<T>(least: number, most: number, make: () => T): T[] {
    const count = least + this.next(most - least + 1);
    return Array.from({ length: count }, make);
  }
}

export const someChoices: fc.Arbitrary<Uint16Array> = fc.uint16Array({ maxLength: 320, size: 'max' });
