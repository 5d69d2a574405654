import type { Request, Response } from 'express';
import { Rejected } from '../core/errors.ts';

/** Says 405, and in `Allow` which methods there are. */
export function refuseMethod(methods: readonly string[]): (req: Request, res: Response) => void {
  const allow = methods
    .flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
    .join(', ');
  return (req, res) => {
    res.set('Allow', allow);
    throw new Rejected('method-not-allowed', `${req.method} is not possible here; possible: ${allow}`);
  };
}
