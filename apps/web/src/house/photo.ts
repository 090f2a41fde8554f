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
