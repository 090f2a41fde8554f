import { fileTypeFromBuffer } from 'file-type';

// Text that a browser or a shell would take for a program.
const LOOKS_LIKE_MARKUP = /^\s*(?:<!doctype|<html|<svg|<\?xml|<script|<body|#!)/i;
// The part of an Office file that holds macros; a docx that carries one only pretends to be without.
const MACROS = Buffer.from('vbaProject.bin', 'latin1');

const isPlainText = (content: Buffer): boolean => {
  if (content.includes(0)) return false;
  try {
    return !LOOKS_LIKE_MARKUP.test(new TextDecoder('utf-8', { fatal: true }).decode(content).slice(0, 200));
  } catch {
    return false;
  }
};

/** The kind that a file's content shows: 'text/plain' for plain UTF-8, null for what is not known or carries macros. */
export const kindOf = async (content: Buffer): Promise<string | null> => {
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  if (found === undefined) return isPlainText(content) ? 'text/plain' : null;
  return content.includes(MACROS) && found.mime.includes('openxmlformats') ? null : found.mime;
};
