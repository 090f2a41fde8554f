/** Views of lists that somebody keeps: conditions and columns under a name. */
import { z } from 'zod';
import { Id, line } from '../shared/words.ts';

/** Name of a list: the id of the endpoint that answers it, or the name that its page gives it. */
const ListName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9.-]{0,59}$/);

/**
 * Conditions as they stand in the address. Where a page begins is no condition; `lookup`, the sealed word by which a person is found, is
 * good for its asker and for a while only, and is never kept.
 */
const Conditions = z
  .record(z.string().regex(/^(?!(?:after|lookup|limit)$)[a-zA-Z]{1,40}$/), z.union([line(200), z.array(line(200)).max(60)]))
  .refine((all) => Object.keys(all).length <= 30, { error: '条件太多，保存不下' });

/** What a view keeps. */
export const ViewContent = z.object({
  name: line(30),
  search: Conditions,
  /** Columns that are not shown, by their keys. */
  hidden: z.array(z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,59}$/)).max(60),
});

/** A view of one's own. */
export const SavedView = ViewContent.extend({ id: Id, list: ListName, version: z.int() });

/** A view that is to be kept. */
export const NewView = ViewContent.extend({ list: ListName });

/** So many views of one list: more are not found again. */
export const MOST_VIEWS = 20;
