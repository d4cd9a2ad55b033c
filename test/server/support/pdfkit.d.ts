/** As much of it as these suites use: it brings no types. */
declare module 'pdfkit' {
  export default class PDFDocument {
    constructor(options: { readonly autoFirstPage: boolean; readonly info: { readonly Title: string } });
    on(event: 'data', listener: (chunk: Buffer) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'end', listener: () => void): this;
    addPage(): this;
    fontSize(points: number): this;
    text(line: string): this;
    end(): void;
  }
}
