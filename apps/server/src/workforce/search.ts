import { type RawBuilder, sql } from 'kysely';
import { containing } from '../platform/http/paging.ts';

const starting = (text: string): string => containing(text).slice(1);

/**
 * The condition by which a person is found: any part of the Chinese name, the beginning of the pinyin ('zhangs', 'Zhang San') or of
 * the initials ('zs'). `alias` names a row of person. An empty text finds everybody.
 */
export const namedLike = (alias: string, text: string | undefined): RawBuilder<unknown> | undefined => {
  const given = (text ?? '').trim();
  if (given === '') return undefined;
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const letters = given.toLowerCase().replace(/[\s'’·.-]/g, '');
  if (!/^[a-z0-9]+$/.test(letters)) return sql`${column('name')} like ${containing(given)}`;
  return sql`(${column('name_pinyin')} like ${starting(letters)} or ${column('name_initials')} like ${starting(letters)}
    or ${column('name')} like ${containing(given)})`;
};
