/**
 * Writes a PDF whose pages are one JPEG picture each, as ISO 32000-1 has it. Text is part of the
 * pictures: no font would have to come along, and Hangul looks as it does on the page.
 */
export class Pdf {
  /** @param {string} title */
  constructor(title) {
    this.title = title;
    /** @type {Uint8Array<ArrayBuffer>[]} */
    this.parts = [];
    this.length = 0;
    /** @type {number[]} */
    this.offsets = [];
    /** @type {string[]} */
    this.pages = [];
    this.write('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n');
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} jpeg with three colours
   * @param {number[]} pixels its [width, height]
   * @param {number[]} size [width, height] of the page in points, 1/72 inch
   */
  add(jpeg, pixels, size) {
    const [width, height] = size;
    const image = this.stream(
      '/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode' +
        ' /Width ' +
        pixels[0] +
        ' /Height ' +
        pixels[1],
      jpeg,
    );
    const content = this.stream('', Pdf.bytes(width + ' 0 0 ' + height + ' 0 0 cm /Page Do'));
    this.pages.push(
      '/Type /Page /MediaBox [0 0 ' +
        width +
        ' ' +
        height +
        '] /Contents ' +
        content +
        ' 0 R' +
        ' /Resources << /XObject << /Page ' +
        image +
        ' 0 R >> >>',
    );
  }

  /** @returns {Blob} */
  end() {
    const tree = this.offsets.length + this.pages.length + 1;
    const kids = this.pages.map((page) =>
      this.object('<< ' + page + ' /Parent ' + tree + ' 0 R >>'),
    );
    const list = kids.map((kid) => kid + ' 0 R').join(' ');
    this.object('<< /Type /Pages /Count ' + kids.length + ' /Kids [' + list + '] >>');
    const root = this.object('<< /Type /Catalog /Pages ' + tree + ' 0 R >>');
    const info = this.object('<< /Title <' + Pdf.hex(this.title) + '> /Producer (i-Canvas) >>');
    this.index(root, info);
    return new Blob(this.parts, { type: 'application/pdf' });
  }

  /**
   * @param {number} root
   * @param {number} info
   */
  index(root, info) {
    const start = this.length;
    const size = this.offsets.length + 1;
    const rows = this.offsets.map((offset) => String(offset).padStart(10, '0') + ' 00000 n \n');
    this.write('xref\n0 ' + size + '\n0000000000 65535 f \n' + rows.join(''));
    this.write('trailer\n<< /Size ' + size + ' /Root ' + root + ' 0 R /Info ' + info + ' 0 R >>\n');
    this.write('startxref\n' + start + '\n%%EOF\n');
  }

  /** @param {string} body */
  object(body) {
    this.offsets.push(this.length);
    this.write(this.offsets.length + ' 0 obj\n' + body + '\nendobj\n');
    return this.offsets.length;
  }

  /**
   * @param {string} entries
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  stream(entries, bytes) {
    this.offsets.push(this.length);
    const head = '<< ' + entries + ' /Length ' + bytes.length + ' >>\nstream\n';
    this.write(this.offsets.length + ' 0 obj\n' + head);
    this.write(bytes);
    this.write('\nendstream\nendobj\n');
    return this.offsets.length;
  }

  /** @param {string | Uint8Array<ArrayBuffer>} data */
  write(data) {
    const bytes = typeof data === 'string' ? Pdf.bytes(data) : data;
    this.parts.push(bytes);
    this.length += bytes.length;
  }

  /** @param {string} text */
  static bytes(text) {
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  }

  /**
   * A text string of any language: UTF-16 with its byte order mark.
   * @param {string} text
   */
  static hex(text) {
    const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
    return [0xfeff, ...units].map((unit) => unit.toString(16).padStart(4, '0')).join('');
  }
}
