// What Express itself takes on this machine: it parses a beacon's body, checks nothing, keeps nothing, answers 204.
// Started as a process of its own; its first message is its port.
import type { AddressInfo } from 'node:net';
import express from 'express';

const app = express().disable('x-powered-by').disable('etag');
app.post('/b', express.text({ type: 'text/plain' }), (req, res) => {
  JSON.parse(String(req.body));
  res.status(204).end();
});
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
