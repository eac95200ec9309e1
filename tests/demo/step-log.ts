import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import type { LoggedRequest, Sandbox } from '../../sandbox/server.ts';
import { photograph } from '../harness/screenshot.ts';
import { type Effect, Proof } from './proof.ts';

const folder = fileURLToPath(new URL('../../.output/demo', import.meta.url));

/** Numbers, prints, proves and photographs the steps of the tour. */
export class StepBook {
  readonly #proof: Proof;
  #number = 0;

  constructor(sandbox: Sandbox) {
    this.#proof = new Proof(sandbox);
    // Remove the pictures of an earlier tour.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /** Runs one step and proves its effect. `act` returns the page to photograph. Rejects with the step's title. */
  async step(name: string, title: string, effect: Effect, act: () => Promise<Page>): Promise<Page> {
    this.#number += 1;
    console.log(`\n${this.#number}. ${title}`);
    try {
      let requests: LoggedRequest[] = [];
      const page = await act().finally(() => {
        requests = this.#proof.takeRequests();
        console.log(`   The sandbox received: ${listed(requests)}`);
      });
      this.#proof.check(requests, effect);
      console.log(`   Proved: ${proved(effect)}`);
      const file = join(folder, `${String(this.#number).padStart(2, '0')}-${name}.png`) as `${string}.png`;
      await photograph(page, file);
      console.log(`   Picture: ${relative(process.cwd(), file)}`);
      return page;
    } catch (cause) {
      throw new Error(`Step ${this.#number} failed: ${title}`, { cause });
    }
  }
}

function listed(requests: LoggedRequest[]): string {
  if (requests.length === 0) return 'nothing';
  const lines = requests.map(
    ({ method, path, query, answeredStatus }) =>
      `${method} ${path}${query} → ${answeredStatus ?? 'no answer'}`,
  );
  return lines.length === 1 ? lines.join() : lines.map((line) => `\n     ${line}`).join('');
}

function proved({ cancels = [] }: Effect): string {
  if (cancels.length === 0) return 'no QR code was changed';
  const was = cancels.length === 1 ? `${cancels} was` : `${cancels.length} QR codes were each`;
  return `${was} cancelled by exactly one request, and no other QR code was changed`;
}
