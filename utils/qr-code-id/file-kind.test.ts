import { describe, expect, it } from 'vitest';
import { kindByBytes, kindOfText, kindOfZip } from './file-kind.ts';

const bytes = (latin1: string) => Uint8Array.from(latin1, (sign) => sign.charCodeAt(0));
const wide = (name: string) => [...name].map((sign) => `${sign}\0`).join('');
const COMPOUND = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

describe('the kind of a file by its bytes', () => {
  it.each([
    ['PK\x03\x04rest', 'zip'],
    ['PK\x05\x06rest', 'archive'],
    ['\x1f\x8b\x08rest', 'archive'],
    ['7z\xbc\xaf\x27\x1c', 'archive'],
    ['Rar!\x1a\x07\x01', 'archive'],
    ['%PDF-1.7', 'pdf'],
    ['{\\rtf1\\ansi', 'rtf'],
    ['\x89PNG\r\n\x1a\n', 'image'],
    ['\xff\xd8\xff\xe0', 'image'],
    ['GIF89a', 'image'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'image'],
    ['\0\0\0\x18ftypheic', 'image'],
    ['BM\x10\x20\0\0\0\0\0\0', 'image'],
    [`${COMPOUND}${'\0'.repeat(100)}${wide('Workbook')}\0\0`, 'old-excel'],
    [`${COMPOUND}${'\0'.repeat(100)}${wide('EncryptedPackage')}\0\0`, 'password'],
    [`${COMPOUND}${'\0'.repeat(100)}${wide('WordDocument')}\0\0`, 'document'],
    ['\x09\x02\x06\0\0\0', 'old-excel'],
    ['BM001,BM002', undefined],
    ['QR26ABCDEFGHJ1', undefined],
    ['', undefined],
  ])('%j is %s', (begin, kind) => {
    expect(kindByBytes(bytes(begin))).toBe(kind);
  });

  it('is `password` for a workbook with a password, even if it holds an old workbook', () => {
    const file = `${COMPOUND}${wide('Workbook')}\0\0${wide('EncryptedPackage')}\0\0`;
    expect(kindByBytes(bytes(file))).toBe('password');
  });
});

describe('the kind of an archive', () => {
  it.each([
    [['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml'], '', 'xlsx'],
    [['[Content_Types].xml', 'xl/workbook.bin'], '', 'binary-excel'],
    [['[Content_Types].xml', 'word/document.xml'], '', 'document'],
    [['[Content_Types].xml', 'ppt/presentation.xml'], '', 'document'],
    [['mimetype', 'content.xml'], 'application/vnd.oasis.opendocument.spreadsheet', 'ods'],
    [['mimetype', 'content.xml'], 'application/vnd.oasis.opendocument.text', 'document'],
    [['Index/Document.iwa', 'Metadata/Properties.plist'], '', 'numbers'],
    [['codes.csv'], '', 'archive'],
    [['[Content_Types].xml'], '', 'archive'],
    [[], '', 'archive'],
  ])('is found from %j and the type %j: %s', (names, type, kind) => {
    expect(kindOfZip(names, type)).toBe(kind);
  });
});

describe('the kind of a text', () => {
  it.each([
    ['<html><body><table>', 'web-page'],
    ['\n<!DOCTYPE html>', 'web-page'],
    ['<?xml version="1.0"?><html xmlns="x">', 'web-page'],
    ['<table border=1>', 'web-page'],
    ['<meta http-equiv="Content-Type" content="application/vnd.ms-excel">', 'web-page'],
    ['<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', 'xml'],
    ['<office:document office:version="1.3">', 'xml'],
    ['<svg xmlns="x">', 'xml'],
    ['Subject: cancel\nContent-Transfer-Encoding: quoted-printable\n\nQR26=\nABC', 'mail'],
    ['From x@example.com Fri\nReceived: by a\n with b\nSubject: s\r\n\r\nbody', 'mail'],
    [
      'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="x"\n\n--x\nContent-Location: file:///C:/x.htm\n',
      'web-page',
    ],
    ['QR26ABCDEFGHJ1\n', 'text'],
    ['ID: QR26ABCDEFGHJ1\nName: Gate 1\n\nID: QR26ABCDEFGHJ2', 'text'],
    ['Subject: cancel\n\nQR26ABCDEFGHJ1', 'text'],
    ['Message-ID: is a word here\nQR26ABCDEFGHJ1', 'text'],
    ['<QR26ABCDEFGHJ1>\n<QR26ABCDEFGHJ2>', 'text'],
    ['<a>', 'text'],
    ['', 'text'],
  ])('%j is %s', (text, kind) => {
    expect(kindOfText(text)).toBe(kind);
  });

  it('is found quickly in a long text that looks like headers to its end', { timeout: 2_000 }, () => {
    expect(kindOfText('ID: QR26ABCDEFGHJ1\n'.repeat(200_000))).toBe('text');
    expect(kindOfText(`${'a'.repeat(5_000_000)}: x`)).toBe('text');
    expect(kindOfText(`${' '.repeat(5_000_000)}x`)).toBe('text');
    expect(kindOfText('<!--'.repeat(500_000))).toBe('text');
  });
});
