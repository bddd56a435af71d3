/**
 * Where an eye looks that follows a pen: a part of the way that its pupil can go, straight at what is
 * far, and less far to the side of what is near.
 *
 * @param {{x: number, y: number}} eye
 * @param {{x: number, y: number}} pen
 * @returns {{x: number, y: number}} no farther than 1 from the middle
 */
export function gaze(eye, pen) {
  const [across, down] = [pen.x - eye.x, pen.y - eye.y];
  const far = Math.max(Math.hypot(across, down), FAR);
  return { x: across / far, y: down / far };
}

const FAR = 120; // px
