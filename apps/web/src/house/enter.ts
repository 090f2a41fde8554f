import type { KeyboardEvent } from 'react';

/**
 * For forms whose sending cannot be taken back: Enter in a line, a date or a picker ends that field only. The act itself is
 * done by its button.
 */
export const enterStays = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
};
