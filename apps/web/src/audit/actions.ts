import { allEndpoints } from '@jieyou/core/endpoints.ts';
import { eventLabels } from '@jieyou/core/texts/eventLabels.ts';

const says = new Map([...allEndpoints.map((e) => [e.id, e.says] as const), ...Object.entries(eventLabels)]);

/** What an action is called: an endpoint by what it does, an event by what happened; undefined for what is neither. */
export const actionSays = (code: string): string | undefined => says.get(code);

/**
 * Everything that may stand in the trails, by its Chinese words in their order. What bears the same words is one choice: the words
 * themselves are the value, so that an act and the attempt that was refused are found together.
 */
export const actionChoices: readonly { readonly value: string; readonly label: string; readonly codes: string }[] = [
  ...new Set(says.values()),
]
  .sort((a, b) => a.localeCompare(b, 'zh-CN'))
  .map((words) => ({
    value: words,
    label: words,
    codes: [...says].flatMap(([code, of]) => (of === words ? [code] : [])).join(' '),
  }));
