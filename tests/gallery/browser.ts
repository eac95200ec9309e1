import messages from '../../public/_locales/en/messages.json';

const texts: Readonly<Record<string, { message: string }>> = messages;

/** The part of the extension's API that components use: their texts. */
export const browser = {
  i18n: {
    getMessage: (key: string, substitutions: readonly string[] = []) =>
      (texts[key]?.message ?? '').replace(/\$(\d)/g, (_, place) => substitutions[Number(place) - 1] ?? ''),
    getUILanguage: () => 'en-IN',
  },
};
