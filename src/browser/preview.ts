import { create } from './dom.ts';

/** CSS pixels, as the style sheet has it. */
const SIDE = 48;
const LARGEST_FILE = 50_000_000;

/** One at a time, because a decoded photograph fills tens of megabytes. */
let previous: Promise<unknown> = Promise.resolve();

/**
 * Puts a small picture of a picture in the place of an element, where the browser can read it and
 * the element is still on the page; drawn, as no policy has to allow.
 */
export function showPreview(file: File, place: Element): void {
  if (!file.type.startsWith('image/') || file.size > LARGEST_FILE) return;
  previous = previous.then(() => draw(file, place)).catch(() => {});
}

async function draw(file: File, place: Element): Promise<void> {
  if (!place.isConnected) return;
  const picture = await createImageBitmap(file);
  const side = Math.ceil(SIDE * devicePixelRatio);
  const canvas = create('canvas', 'thumb', { width: side, height: side, 'aria-hidden': 'true' });
  const scale = side / Math.min(picture.width, picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  const context = canvas.getContext('2d');
  if (!context) return;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, (side - width) / 2, (side - height) / 2, width, height);
  picture.close();
  place.replaceWith(canvas);
}
