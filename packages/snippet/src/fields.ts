import { page } from './page.ts';

/** Fills the page's own empty fields for a click id. */
export const fillFields = (): void => {
  if (!page.clickId) return;
  for (const field of document.querySelectorAll<HTMLInputElement>('[name=clickid],[name=click_id]')) {
    field.value = field.value || page.clickId;
  }
};
