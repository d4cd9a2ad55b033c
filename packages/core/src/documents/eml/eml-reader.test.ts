import { describe, expect, it } from 'vitest';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { emlReader } from './eml-reader.js';

const HEADER = 'From: Ada <ada@example.com>\r\nTo: bob@example.com, "C, D" <cd@example.com>\r\nSubject: Order 7\r\n';

function multipart(kind: string, ...parts: string[]): string {
  return `${HEADER}Content-Type: multipart/${kind}; boundary=b\r\n\r\n--b\r\n${parts.join('\r\n--b\r\n')}\r\n--b--\r\n`;
}

describe('emlReader', () => {
  it('gives header lines, body and names of attachments', async () => {
    const attachment =
      'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a b.pdf"\r\n\r\nxyz';
    const mail = multipart('mixed', 'Content-Type: text/plain\r\n\r\nPlease send ten pens.', attachment);
    const { text, title, pageCount } = await readText(emlReader, mail);
    expect(text).toBe(
      'From: Ada <ada@example.com>\nTo: bob@example.com, C, D <cd@example.com>\nSubject: Order 7\n\n' +
        'Please send ten pens.\n\nAttachments: a b.pdf',
    );
    expect({ title, pageCount }).toEqual({ title: 'Order 7', pageCount: 1 });
  });

  it('decodes header lines and bodies', async () => {
    const mail =
      'From: =?iso-8859-1?Q?J=F6rg?= <j@example.de>\nDate: Tue, 3 Mar 2020 10:00:00 +0100\n' +
      'Subject: =?utf-8?B?UmVjaG51bmcgw7xiZXI=?=\n =?utf-8?Q?_5_=E2=82=AC?=\n' +
      'Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe =96 =80';
    expect((await readText(emlReader, mail)).text).toBe(
      'From: Jörg <j@example.de>\nDate: Tue, 3 Mar 2020 10:00:00 +0100\nSubject: Rechnung über 5 €\n\nGrüße – €',
    );
  });

  it.each(['', 'Content-Type: text/plain; charset=utf-8\n'])('repairs raw 8-bit text after %j', async (type) => {
    const mail = `From: J\u00f6rg\n${type}\nDie \u00c4nderung w\u00fcrde gr\u00f6\u00dfer ausfallen als n\u00f6tig.`;
    const { text } = await readText(
      emlReader,
      Uint8Array.from(mail, (character) => character.charCodeAt(0)),
    );
    expect(text).toBe('From: Jörg\n\nDie Änderung würde größer ausfallen als nötig.');
  });

  it('prefers plain text, and HTML when that is the message', async () => {
    const html = `Content-Type: text/html\r\n\r\n<p>Your invoice</p><table><tr><td>Pen<td>2.00</table>${'<p>Terms apply.'.repeat(20)}`;
    const plain = 'Content-Type: text/plain\r\n\r\nYour invoice: pen 2.00. Terms apply.';
    const stub = 'Content-Type: text/plain\r\n\r\nNo HTML?';
    expect((await readText(emlReader, multipart('alternative', plain, html))).text).toContain(
      'Your invoice\n\nPen | 2.00',
    );
    expect((await readText(emlReader, multipart('alternative', stub, html))).text).toContain('Pen | 2.00');
    const long = `${plain} ${'Terms apply. '.repeat(30)}`;
    expect((await readText(emlReader, multipart('alternative', long, html))).text).toContain('invoice: pen 2.00');
  });

  it('gives header lines alone as text, and nothing as nothing', async () => {
    expect(await readText(emlReader, 'Subject: Hello\n\n')).toMatchObject({ method: 'text', text: 'Subject: Hello' });
    expect(await readText(emlReader, 'X-Mailer: y\n\n  \n')).toMatchObject({ method: 'none' });
    expect(await readText(emlReader, '')).toMatchObject({ method: 'none' });
  });

  it.each([
    multipart(
      'encrypted; protocol="application/pgp-encrypted"',
      'Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1',
    ),
    `${HEADER}Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nMIIB`,
    `${HEADER}Content-Type: application/x-pkcs7-mime; name=smime.p7m\r\n\r\nMIIB`,
    multipart('mixed', 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nMIIB'),
    `${HEADER}\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhIwD\r\n-----END PGP MESSAGE-----`,
  ])('refuses encrypted mail %#', async (mail) => {
    await expect(readText(emlReader, mail)).rejects.toMatchObject({ code: 'document.encrypted' });
  });

  it('does not take signed mail for encrypted', async () => {
    const mail = `${HEADER}Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n\r\nMIIB`;
    expect((await readText(emlReader, mail)).text).toContain('Subject: Order 7');
  });

  it('refuses mail with parts beyond reason', async () => {
    const many = Array.from({ length: 6000 }, () => 'Content-Type: text/plain\n\nx');
    await expect(readText(emlReader, multipart('mixed', ...many))).rejects.toMatchObject({ code: 'document.corrupt' });
    const nested = Array.from({ length: 300 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`);
    await expect(readText(emlReader, nested.join(''))).rejects.toMatchObject({ code: 'document.corrupt' });
  });

  it('names the limit that a mail breaks', async () => {
    const limits = { ...TEST_LIMITS, maxCharacters: 20 };
    await expect(readText(emlReader, `${HEADER}\nbody`, { limits })).rejects.toMatchObject({
      code: 'document.too_large',
    });
  });
});
