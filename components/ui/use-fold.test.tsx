// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Fold } from '../../utils/lib/fold.ts';
import { useFold } from './use-fold.ts';

afterEach(cleanup);

const numbers = (length: number, first = 1) => Array.from({ length }, (_, index) => first + index);

let looks = 0;
function sum(factor: number): Fold<number, number> {
  let total = 0;
  return {
    add(row) {
      looks += 1;
      total += row * factor;
    },
    result: () => total,
  };
}

function Sum({ rows, factor = 1 }: { rows: readonly number[]; factor?: number }) {
  const total = useFold(rows, () => sum(factor), [factor]);
  return <p>{total}</p>;
}
const shown = () => Number(screen.getByText(/^\d+$/).textContent);

describe('a result from rows', () => {
  it('is there at once for a few rows', () => {
    const { rerender } = render(<Sum rows={numbers(100)} />);
    expect(shown()).toBe(5_050);
    rerender(<Sum rows={numbers(10)} factor={2} />);
    expect(shown()).toBe(110);
  });

  it('follows for many rows, and the result before stays until then', async () => {
    const { rerender } = render(<Sum rows={numbers(10)} />);
    expect(shown()).toBe(55);
    rerender(<Sum rows={numbers(10_000)} />);
    expect(shown()).toBe(55);
    await vi.waitFor(() => expect(shown()).toBe(50_005_000));
  });

  it('begins with that of no rows', async () => {
    render(<Sum rows={numbers(10_000)} />);
    expect(shown()).toBe(0);
    await vi.waitFor(() => expect(shown()).toBe(50_005_000));
  });

  it('is never that of earlier rows or inputs', async () => {
    const { rerender } = render(<Sum rows={numbers(10_000)} />);
    rerender(<Sum rows={numbers(20_000)} factor={2} />);
    rerender(<Sum rows={numbers(5_000)} factor={3} />);
    await vi.waitFor(() => expect(shown()).toBe(3 * 12_502_500));
    rerender(<Sum rows={numbers(3)} factor={3} />);
    expect(shown()).toBe(18);
  });

  it('looks at each row once, however often the component is rendered', async () => {
    const rows = numbers(10_000);
    looks = 0;
    const { rerender } = render(<Sum rows={rows} />);
    await vi.waitFor(() => expect(shown()).toBe(50_005_000));
    for (let time = 0; time < 10; time += 1) rerender(<Sum rows={rows} />);
    expect(looks).toBe(10_000);
  });
});
