/** Prints an error with all its causes, and sets exit code 1. */
export function reportFailure(error: unknown): void {
  const lines: string[] = [];
  for (let cause = error; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
    lines.push(cause instanceof Error ? cause.message : String(cause));
  }
  console.error(`\n${lines.join('\n  because: ')}`);
  process.exitCode = 1;
}
