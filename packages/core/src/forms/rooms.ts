/**
 * Forms that are the papers of a room. What they ask is written once, in the room, where it counts; the paper is made from its row on the
 * version that leads here, and nothing is filled in on the form itself (decision 0065).
 */
import { z } from 'zod';

/** What such a paper is made of: a note, a follow-up, or a visit. */
export const FormRoom = z.enum(['note', 'follow-up', 'visit']);
export type FormRoom = z.infer<typeof FormRoom>;

/** The form of each room; every edition of the code is its paper, also one that a district issued itself. */
export const formOfRoom: Readonly<Record<FormRoom, string>> = { note: 't05-process', 'follow-up': 't08-follow-up', visit: 't09-visit' };

/** The room in which what a form asks is kept; null for a form that is filled in. */
export const roomOfForm = (code: string): FormRoom | null => FormRoom.options.find((room) => formOfRoom[room] === code) ?? null;
