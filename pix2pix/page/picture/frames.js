/**
 * Messages with pictures as they are, as in frames.py: the length of a head, the head, the pictures.
 * The page's own pictures are data URLs, so that they can be kept, shown and saved without being
 * given back.
 */
const BASE64 = ';base64,';
const LENGTH = 4; // bytes of the head's length

/**
 * @param {Object<string, any>} message in which data URLs become pictures as they are
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function packFrame(message) {
  /** @type {Object<string, any>} */
  const head = { parts: {} };
  /** @type {Uint8Array[]} */
  const parts = [];
  for (const [name, value] of Object.entries(message)) {
    if (typeof value !== 'string' || !value.startsWith('data:')) {
      head[name] = value;
      continue;
    }
    const text = atob(value.slice(value.indexOf(BASE64) + BASE64.length));
    parts.push(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
    head.parts[name] = text.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(head));
  const whole = [new Uint8Array(LENGTH), text, ...parts];
  const frame = new Uint8Array(whole.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of whole) {
    frame.set(part, at);
    at += part.length;
  }
  new DataView(frame.buffer).setUint32(0, text.length);
  return frame;
}

/**
 * @param {ArrayBuffer} frame
 * @returns {Object<string, any>} with PNGs as data URLs
 * @throws {Error} if it is none
 */
export function unpackFrame(frame) {
  let at = LENGTH + new DataView(frame).getUint32(0);
  const { parts, ...message } = JSON.parse(
    new TextDecoder().decode(new Uint8Array(frame, LENGTH, at - LENGTH)),
  );
  for (const [name, length] of Object.entries(parts)) {
    message[name] = 'data:image/png' + BASE64 + base64(new Uint8Array(frame, at, Number(length)));
    at += Number(length);
  }
  return message;
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = '';
  const most = 0x8000; // arguments of a call
  for (let at = 0; at < bytes.length; at += most) {
    text += String.fromCharCode(...bytes.subarray(at, at + most));
  }
  return btoa(text);
}
