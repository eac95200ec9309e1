import { describe, expect, it } from 'vitest';
import { type PictureKind, pictureKindOf } from './picture-kind.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('the kind of a picture', () => {
  it.each<[PictureKind, string]>([
    ['png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['webp', 'RIFF\x24\0\0\0WEBPVP8 '],
    ['gif', 'GIF89a\x01\0'],
    ['gif', 'GIF87a\x01\0'],
    ['heic', '\0\0\0\x18ftypheic\0\0\0\0'],
    ['heic', '\0\0\0\x18ftypmif1\0\0\0\0heic'],
    ['heic', '\0\0\0\x1cftypavif\0\0\0\0'],
    ['pdf', '%PDF-1.7\n'],
    ['pdf', '\r\n \r\n%PDF-1.4\n'],
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['svg', '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a comment -->\n<svg>'],
    ['other', 'II*\0\x08\0\0\0'],
    ['other', 'BM\x36\0\0\0'],
    ['other', '\0\0\0\x18ftypmp42\0\0\0\0'],
    ['other', 'RIFF\x24\0\0\0WAVEfmt '],
    ['other', 'id,name\n1,Counter\n'],
    ['other', ''],
  ])('is %s by the first bytes %j', (kind, start) => {
    expect(pictureKindOf(bytes(start))).toBe(kind);
  });

  it('is decided by the bytes if the name says something else', () => {
    expect(pictureKindOf(bytes('\0\0\0\x18ftypheic\0\0\0\0'), 'IMG_0001.jpg')).toBe('heic');
    expect(pictureKindOf(bytes('\xff\xd8\xff\xe0'), 'code.svg')).toBe('jpeg');
    expect(pictureKindOf(bytes('id,name\n'), 'list.svg')).toBe('other');
  });

  it('is SVG by its name if the element comes late or the file is compressed', () => {
    expect(pictureKindOf(bytes(`<!--${' '.repeat(1100)}--><svg>`), 'code.svg')).toBe('svg');
    expect(pictureKindOf(bytes('\x1f\x8b\x08'), 'code.SVGZ')).toBe('svg');
  });
});
