import { Router } from 'express';
import { servicePaths } from '#shared/service-api.ts';
import { docsPage } from './docs-page.ts';
import { endpoint } from './endpoint.ts';
import { openApiDocument } from './openapi.ts';

/** The OpenAPI document and a page to read it; both are made once. */
export function docsRoutes(): Router {
  const routes = Router();
  const document = openApiDocument();
  const page = docsPage();
  endpoint(routes, servicePaths.openApi, { get: [(_req, res) => void res.json(document)] });
  endpoint(routes, servicePaths.docs, {
    get: [
      (_req, res) => {
        res.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
        res.type('html').send(page);
      },
    ],
  });
  return routes;
}
