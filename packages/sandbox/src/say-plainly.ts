import type { NextFunction, Request, Response } from 'express';

/** In place of Express's own error page, which shows a stack. */
// eslint-disable-next-line @typescript-eslint/max-params -- Express knows an error handler by its four parameters
export function sayPlainly(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) {
    next(error);
    return;
  }
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  res
    .status(status)
    .type('text')
    .send(error instanceof Error ? error.message : 'Error');
}
