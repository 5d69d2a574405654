import { safely } from './safely.ts';

/** Hears events of the whole page: before its own handlers, which may read what we change, and after, for what they change. */
export const listen = (types: string, act: (event: Event) => void): void => {
  const guarded = safely(act);
  for (const type of types.split(' ')) {
    addEventListener(type, guarded, true);
    addEventListener(type, guarded);
  }
};
