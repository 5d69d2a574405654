/** The page never breaks: what fails in here stays in here. */
export const safely =
  <Args extends unknown[], Result>(act: (...args: Args) => Result) =>
  (...args: Args): Result | undefined => {
    try {
      return act(...args);
    } catch {
      return;
    }
  };
