import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath, installIfAllowed } from './install-packages.ts';

interface BrowserPlaces {
  variable: string;
  programs: string[];
  macApps: string[];
  windowsFiles: string[];
}

// Chromium first: branded Chrome restricts the loading of unpacked extensions.
const chromiumPlaces: BrowserPlaces = {
  variable: 'CHROME_PATH',
  programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  macApps: [
    'Chromium.app/Contents/MacOS/Chromium',
    'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  windowsFiles: ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe'],
};

const firefoxPlaces: BrowserPlaces = {
  variable: 'FIREFOX_PATH',
  programs: ['firefox-esr', 'firefox'],
  macApps: ['Firefox.app/Contents/MacOS/firefox'],
  windowsFiles: ['Mozilla Firefox\\firefox.exe'],
};

function standardPlaces(places: BrowserPlaces): string[] {
  if (process.platform === 'darwin') {
    const folders = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
    return folders.flatMap((folder) => places.macApps.map((app) => join(folder, app)));
  }
  if (process.platform === 'win32') {
    const { LOCALAPPDATA, PROGRAMFILES, 'PROGRAMFILES(X86)': programFilesX86 } = process.env;
    const folders = [LOCALAPPDATA, PROGRAMFILES, programFilesX86].filter((folder) => folder !== undefined);
    return folders.flatMap((folder) => places.windowsFiles.map((file) => join(folder, file)));
  }
  return [];
}

function find(places: BrowserPlaces): string | undefined {
  return findOnPath(...places.programs) ?? standardPlaces(places).find((path) => existsSync(path));
}

function findOrInstall(places: BrowserPlaces, name: string, debianPackage: string): string {
  const named = process.env[places.variable];
  if (named && existsSync(named)) return named;
  if (named)
    throw new Error(
      `${places.variable} names ${named}, which is not there: set it to the program file of ${name}, or unset it.`,
    );
  const found = find(places);
  if (found) return found;
  if (installIfAllowed([debianPackage])) {
    const installed = find(places);
    if (installed) return installed;
  }
  throw new Error(
    `${name} was not found: install it (Debian: apt-get install ${debianPackage}) or set ${places.variable} to its program file.`,
  );
}

/**
 * The path of Chromium: from CHROME_PATH, PATH, or the system's standard places. Installs it if allowed; otherwise throws
 * an Error that explains what to install.
 */
export function requireChromium(): string {
  return findOrInstall(chromiumPlaces, 'Chromium', 'chromium');
}

/** The path of Firefox: from FIREFOX_PATH, then as for Chromium. */
export function requireFirefox(): string {
  return findOrInstall(firefoxPlaces, 'Firefox', 'firefox-esr');
}

/** Ends the program with an explanation if one of the browsers that it needs is missing. */
export function requireOrExit(...browsers: (() => string)[]): void {
  const missing = browsers.flatMap((require) => {
    try {
      require();
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
  if (missing.length === 0) return;
  console.error(missing.join('\n'));
  process.exit(1);
}
