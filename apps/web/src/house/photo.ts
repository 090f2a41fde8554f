/** Longest side of a photograph that is kept, in pixels: enough to read a letter by. */
const LONGEST = 1600;
const QUALITY = 0.8;

/** Size of a picture within the longest side; a small one stays as it is. */
export const within = (width: number, height: number, longest = LONGEST): { width: number; height: number } => {
  const part = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * part)), height: Math.max(1, Math.round(height * part)) };
};

/**
 * A photograph made smaller, as a new picture: what the camera wrote beside it, the place above all, is not taken along. Null where the
 * browser cannot read it.
 */
export const smallPhoto = async (file: Blob): Promise<Blob | null> => {
  // Drawn as it is meant to be seen: which way is up stands in what is left behind.
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null) return null;
  const { width, height } = within(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  picture.close();
  return new Promise((done) => {
    canvas.toBlob(done, 'image/jpeg', QUALITY);
  });
};

/** A round part of a photograph that nobody is to recognise, in its pixels. */
export type Cover = { readonly x: number; readonly y: number; readonly r: number };

/** A face is made of so few squares that nothing of it can be guessed. */
const SQUARES = 5;

/** Draws a photograph with its covered parts. */
export const drawCovered = (canvas: HTMLCanvasElement, picture: ImageBitmap, covers: readonly Cover[]): void => {
  canvas.width = picture.width;
  canvas.height = picture.height;
  const paper = canvas.getContext('2d');
  const tiny = document.createElement('canvas');
  tiny.width = SQUARES;
  tiny.height = SQUARES;
  const squares = tiny.getContext('2d');
  if (paper === null || squares === null) return;
  paper.drawImage(picture, 0, 0);
  for (const { x, y, r } of covers) {
    squares.fillStyle = '#8a8a8a';
    squares.fillRect(0, 0, SQUARES, SQUARES);
    squares.drawImage(picture, x - r, y - r, 2 * r, 2 * r, 0, 0, SQUARES, SQUARES);
    paper.save();
    paper.beginPath();
    paper.arc(x, y, r, 0, 2 * Math.PI);
    paper.clip();
    paper.imageSmoothingEnabled = false;
    paper.drawImage(tiny, x - r, y - r, 2 * r, 2 * r);
    paper.restore();
  }
};

/** The photograph as it is sent: what is covered is gone from it. Null where it cannot be drawn. */
export const coveredPhoto = async (file: Blob, covers: readonly Cover[]): Promise<Blob | null> => {
  if (covers.length === 0) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  const canvas = document.createElement('canvas');
  drawCovered(canvas, picture, covers);
  picture.close();
  return new Promise((done) => {
    canvas.toBlob(done, 'image/jpeg', QUALITY);
  });
};
