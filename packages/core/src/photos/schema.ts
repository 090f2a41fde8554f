import { z } from 'zod';
import { Id, line } from '../shared/endpoint.ts';

/** What a photograph shows: a community activity, or one session of a group. */
export const PhotoOf = z.enum(['activity', 'session']);
export type PhotoOf = z.infer<typeof PhotoOf>;

/** What is written under a photograph; empty for none. */
export const PhotoCaption = line(60, 0);

/** A photograph as a page shows it; the picture itself is fetched by its id. */
export const Photo = z.object({
  id: Id,
  caption: z.string(),
  width: z.int(),
  height: z.int(),
  addedByName: z.string(),
  addedAt: z.string(),
  version: z.int(),
});
export type Photo = z.infer<typeof Photo>;

/** The photographs of one record, oldest first, and what the reader may do. */
export const PhotoShelf = z.object({
  photos: z.array(Photo),
  /** Figures in force: how many one record carries, and how large one may be. */
  most: z.int(),
  megabytes: z.int(),
  can: z.array(z.enum(['add', 'change'])),
});
export type PhotoShelf = z.infer<typeof PhotoShelf>;
