/** Copies a text to the clipboard without moving the focus. Returns whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

/** The fallback for browsers and policies that block the Clipboard API: the `copy` command with a listener. */
function copyByCommand(text: string): boolean {
  let isSet = false;
  const setData = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    isSet = event.clipboardData !== null;
  };
  document.addEventListener('copy', setData, { once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', setData);
  return done && isSet;
}
