import { fileURLToPath } from 'node:url';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { checkoutPage } from './checkout-page.ts';
import { landerPage } from './lander-page.ts';
import { missingPage } from './missing-page.ts';
import type { Visit } from './page.ts';
import { readPageOptions, withOptions } from './page-options.ts';
import { productPage } from './product-page.ts';
import type { ShopSettings } from './shop-settings.ts';
import { thanksPage } from './thanks-page.ts';
import type { Till } from './till.ts';

const ASSETS = fileURLToPath(new URL('./assets', import.meta.url));

export function shopRoutes(settings: ShopSettings, till: Till): Router {
  const router = Router();
  const show =
    (page: (visit: Visit) => string): RequestHandler =>
    (req, res) =>
      sendPage(res, page(visitOf(settings, req)));

  router.use('/assets', express.static(ASSETS));
  router.get('/', show(landerPage));
  router.get('/product', show(productPage));
  router.get('/checkout', show(checkoutPage));
  router.post('/pay', express.urlencoded({ extended: false, limit: '16kb' }), pay(settings, till));
  router.get('/thanks', thanks(settings, till));
  router.post('/report', reportAgain(settings, till));
  router.use((req, res) => {
    res.status(404);
    sendPage(res, missingPage(visitOf(settings, req), 'There is no such page in this shop.'));
  });
  return router;
}

function pay(settings: ShopSettings, till: Till): RequestHandler {
  return async (req, res) => {
    const { options, search, query } = visitOf(settings, req);
    const posted: unknown = (req.body as Record<string, unknown> | undefined)?.['clickid'];
    const field = typeof posted === 'string' ? posted : '';
    const order = await till.pay({
      clickId: field || query.get('clickid') || query.get('click_id') || undefined,
      url: `http://${req.get('host') ?? 'localhost'}/checkout${search}`,
      cookies: req.get('cookie'),
    });
    res.redirect(303, withOptions('/thanks', options, { order: order.orderId }));
  };
}

function thanks(settings: ShopSettings, till: Till): RequestHandler {
  return (req, res) => {
    const visit = visitOf(settings, req);
    const order = till.order(visit.query.get('order') ?? '');
    if (order === undefined) res.status(404);
    sendPage(res, order ? thanksPage(visit, order) : missingPage(visit, 'There is no such order.'));
  };
}

function reportAgain(settings: ShopSettings, till: Till): RequestHandler {
  return async (req, res) => {
    const { options, query } = visitOf(settings, req);
    const order = till.order(query.get('order') ?? '');
    if (order !== undefined) await till.tell(order);
    res.redirect(303, withOptions('/thanks', options, { order: query.get('order') ?? '' }));
  };
}

function visitOf(settings: ShopSettings, req: Request): Visit {
  const start = req.originalUrl.indexOf('?');
  const search = start < 0 ? '' : req.originalUrl.slice(start);
  const query = new URLSearchParams(search);
  return { settings, search, query, options: readPageOptions(query) };
}

function sendPage(res: Response, page: string): void {
  res.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }).type('html').send(page);
}
