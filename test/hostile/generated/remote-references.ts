import { INVOICE_WORDS } from './hostile-document.js';
import { docx, office } from './hostile-office.js';
import { pdfBytes, pdfOf, shows } from './pdf-bytes.js';

const TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

/** Documents with an address in every place from which a program might fetch something, by name. */
export function remoteReferences(base: string): Readonly<Record<string, Uint8Array>> {
  const external = (type: string, index: number) =>
    `<Relationship Id="r${index}" Type="t/${type}" Target="${base}/${type}" TargetMode="External"/>`;
  const relations = (...types: string[]) => `<Relationships>${types.map(external).join('')}</Relationships>`;
  const entity = `<!DOCTYPE w:document SYSTEM "${base}/dtd" [<!ENTITY % p SYSTEM "${base}/parameter"> %p; <!ENTITY e SYSTEM "${base}/entity">]>`;
  const words = `<w:p><w:r><w:t>${INVOICE_WORDS} &e;</w:t></w:r></w:p>`;
  const html = `<!doctype html><html manifest="${base}/manifest"><head><base href="${base}/"><link rel="stylesheet" href="${base}/style.css"><link rel="preconnect" href="${base}"><meta http-equiv="refresh" content="0; url=${base}/refresh"><style>@import url(${base}/import.css); body { background: url(${base}/background) }</style><script src="${base}/script.js"></script><script>fetch('${base}/fetch')</script></head><body onload="fetch('${base}/onload')"><p>${INVOICE_WORDS}</p><img src="${base}/image" srcset="${base}/set 2x"><iframe src="${base}/frame"></iframe><object data="${base}/object"></object><embed src="${base}/embed"><video src="${base}/video" poster="${base}/poster"></video><svg><image href="${base}/svg"/><use href="${base}/use"/></svg></body></html>`;
  return {
    'page.html': Buffer.from(html),
    'word.docx': docx(
      `${entity}<w:document xmlns:w="w" xmlns:r="r"><w:body>${words}<w:altChunk r:id="r0"/><w:drawing><a:blip r:link="r1"/></w:drawing><w:hyperlink r:id="r2"/><w:headerReference r:id="r4"/></w:body></w:document>`,
      {
        'word/_rels/document.xml.rels': relations('aFChunk', 'image', 'hyperlink', 'frame', 'header', 'subDocument'),
        'word/_rels/settings.xml.rels': relations('attachedTemplate'),
        'word/settings.xml': '<w:settings><w:attachedTemplate r:id="r0"/></w:settings>',
        '_rels/.rels': `<Relationships>${external('thumbnail', 0)}<Relationship Id="d" Type="t/officeDocument" Target="word/document.xml"/></Relationships>`,
      },
    ),
    'workbook.xlsx': office({
      '[Content_Types].xml': TYPES,
      'xl/workbook.xml': `${entity}<workbook xmlns:r="r"><sheets><sheet name="A" r:id="s1"/></sheets><externalReferences><externalReference r:id="r0"/></externalReferences></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships>${external('externalLink', 0)}<Relationship Id="s1" Type="t/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row><c t="inlineStr"><is><t>${INVOICE_WORDS}</t></is></c><c><f>WEBSERVICE("${base}/webservice")</f><v>1</v></c></row></sheetData></worksheet>`,
    }),
    'slides.pptx': office({
      '[Content_Types].xml': TYPES,
      'ppt/presentation.xml': `${entity}<p:presentation><p:sldId r:id="s1"/></p:presentation>`,
      'ppt/_rels/presentation.xml.rels':
        '<Relationships><Relationship Id="s1" Type="t/slide" Target="slides/slide1.xml"/></Relationships>',
      'ppt/slides/slide1.xml': `<p:sld><a:p><a:r><a:t>${INVOICE_WORDS}</a:t></a:r></a:p></p:sld>`,
      'ppt/slides/_rels/slide1.xml.rels': relations('image', 'video', 'diagramData'),
    }),
    'mail.eml': Buffer.from(
      `From: Ada <ada@example.com>\r\nTo: bob@example.com\r\nSubject: Invoice\r\nMIME-Version: 1.0\r\nDisposition-Notification-To: ada@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b\r\nContent-Type: message/external-body; access-type=URL; URL="${base}/external"\r\n\r\n--b--\r\n`,
    ),
    'letter.rtf': Buffer.from(
      `{\\rtf1{\\*\\template ${base}/template}${INVOICE_WORDS}{\\field{\\*\\fldinst INCLUDEPICTURE "${base}/picture" \\\\d}{\\fldrslt x}}{\\field{\\*\\fldinst INCLUDETEXT "${base}/text"}{\\fldrslt y}}}`,
    ),
    'form.pdf': pdfBytes(
      pdfOf({
        content: { dictionary: `/F << /FS /URL /F (${base}/stream) >>`, stream: shows(INVOICE_WORDS) },
        catalogue: `/OpenAction << /S /URI /URI (${base}/uri) >> /AA << /WC << /S /SubmitForm /F << /FS /URL /F (${base}/submit) >> >> >>`,
        page: `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (${base}/link) >> >>] /AA << /O << /S /GoToR /F (${base}/remote) >> >>`,
      }),
    ),
    'note.md': Buffer.from(`# Invoice\n\n${INVOICE_WORDS}\n\n![picture](${base}/markdown)\n`),
  };
}
