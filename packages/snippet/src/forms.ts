import { parameterFor } from './carry.ts';
import { fillFields } from './fields.ts';
import { listen } from './listen.ts';
import { page } from './page.ts';

/**
 * Forms take the click id along as one more field, at the moment the browser collects them, so that `form.submit()` does too.
 * The action's own query would not do: GET replaces it.
 */
export const watchForms = (): void => {
  listen('submit', fillFields);
  listen('formdata', (event) => {
    const form = event.target as HTMLFormElement;
    // The attribute, because a field called `action` hides the property.
    const name = parameterFor(form.getAttribute('action') || location.href, form.method === 'post');
    if (name) (event as FormDataEvent).formData.set(name, page.clickId || '');
  });
};
