import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Kills a process that leads its own group, with all its children, and waits until it has ended. */
export async function killProcessGroup(child: ChildProcess | null): Promise<void> {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  if (process.platform === 'win32') child.kill('SIGKILL');
  else process.kill(-child.pid, 'SIGKILL');
  await exited;
}
