import type { StoreApi } from 'zustand/vanilla';
import type { ImageOnPage } from '../browser/capture-tab.ts';
import type { FindDeps } from '../find/find-codes.ts';
import type { FindPicture, PictureProblem } from '../find/find-picture.ts';
import type { FindProgress } from '../find/finding.ts';
import type { PageReading, SeenQrCode } from '../find/read-page.ts';
import type { AppState } from '../messaging/protocol.ts';
import type { AccountRef } from '../model/account.ts';
import type { Pixels } from '../qr-picture/pixels.ts';

export interface FindState {
  /** `reading`: pictures are being decoded. `comparing`: codes of the account are being read. */
  phase: 'idle' | 'reading' | 'comparing';
  pictures: readonly FindPicture[];
  /** The number of the picture that is shown; `undefined` if there are several and none was chosen. */
  chosen: number | undefined;
  problems: readonly PictureProblem[];
  /** The account of the findings. */
  account: AccountRef | undefined;
  progress: FindProgress | undefined;
}

export interface FindActions {
  /** Follows the current account and the lock. Findings of another account, or from before a lock, are removed. */
  syncAccount(page: AppState | undefined): void;
  /** Reads the visible part of the page in front, or one image of it. Finds the code if there is one; else one must be chosen. */
  scanPage(image?: ImageOnPage): Promise<void>;
  /** Shows a picture, and finds its code. */
  choose(number: number): Promise<void>;
  /** Reads picture files, adds their codes to the list, and finds all of them. */
  addFiles(files: readonly PictureFile[]): Promise<void>;
  /** Reads a frame of the camera. If it shows codes, adds and finds them, and resolves to true at once. */
  readFrame(frame: Pixels, signal: AbortSignal): Promise<boolean>;
  report(problem: PictureProblem): void;
  dismissProblems(): void;
  /** Compares the pictures that have no finding yet, or whose run was stopped. */
  find(): Promise<void>;
  stop(): void;
  clear(): void;
}

/** A chosen, dropped or pasted file. */
export interface PictureFile extends Blob {
  name?: string;
}

export type FindStore = StoreApi<FindState> & { actions: FindActions };

export interface FindStoreDeps extends FindDeps {
  readPage: (request: { image?: ImageOnPage | undefined }, signal: AbortSignal) => Promise<PageReading>;
  /** Reads the QR codes of a picture. Rejects if the browser can't decode it. */
  readPictureFile: (file: Blob, signal: AbortSignal) => Promise<SeenQrCode[]>;
  readPixels: (pixels: Pixels, signal: AbortSignal) => Promise<SeenQrCode[]>;
  /** Whether the codes of all pictures are found at once. Else the operator chooses one picture, unless there is only one. */
  findsAll: boolean;
  /** Called with the id of a code that was proven to be the only one in the picture. */
  onProven?: (qrCodeId: string) => void;
}
