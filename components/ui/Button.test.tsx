// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Button } from './Button.tsx';

afterEach(cleanup);

const button = () => screen.getByRole<HTMLButtonElement>('button');

describe('a button', () => {
  it('keeps the focus while it is busy, and ignores presses', () => {
    const onClick = vi.fn();
    const { rerender } = render(<Button onClick={onClick}>Export</Button>);
    button().focus();
    rerender(
      <Button busy onClick={onClick}>
        Exporting…
      </Button>,
    );
    fireEvent.click(button());
    expect(document.activeElement).toBe(button());
    expect(button().getAttribute('aria-disabled')).toBe('true');
    expect(onClick).not.toHaveBeenCalled();
  });

  it('is not `disabled` while it has the focus, but ignores presses', () => {
    const onClick = vi.fn();
    const { rerender } = render(<Button onClick={onClick}>Export</Button>);
    button().focus();
    rerender(
      <Button disabled onClick={onClick}>
        Export
      </Button>,
    );
    fireEvent.click(button());
    expect(button().disabled).toBe(false);
    expect(button().getAttribute('aria-disabled')).toBe('true');
    expect(onClick).not.toHaveBeenCalled();
  });

  it('is `disabled` without the focus', () => {
    render(<Button disabled>Export</Button>);
    expect(button().disabled).toBe(true);
    expect(button().hasAttribute('aria-disabled')).toBe(false);
  });

  it('does not submit its form while it is busy', () => {
    const onSubmit = vi.fn((event: Event) => event.preventDefault());
    render(
      <form onSubmit={onSubmit}>
        <Button type="submit" busy>
          Saving…
        </Button>
      </form>,
    );
    fireEvent.click(button());
    expect(onSubmit).not.toHaveBeenCalled();
  });
});
