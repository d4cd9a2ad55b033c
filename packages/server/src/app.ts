import { answerEarly } from './http/answer-early.js';
import type { DocketApp } from './http/app-environment.js';
import { authenticate } from './http/authentication.js';
import { answerOrigins } from './http/cors.js';
import { createDocketApp } from './http/docket-app.js';
import { observeRequests } from './http/observe-requests.js';
import { guardRequests } from './http/request-guard.js';
import { setSecurityHeaders } from './http/security-headers.js';
import { addApiPageRoutes } from './routes/api-page.js';
import { addClassifyRoutes } from './routes/classify.js';
import { addConfigurationRoutes } from './routes/configurations.js';
import { addFileContentRoutes } from './routes/file-content.js';
import { addFileRoutes } from './routes/files.js';
import { addHealthRoutes } from './routes/health.js';
import { addLocalRoutes } from './routes/local.js';
import { addMetricsRoute } from './routes/metrics.js';
import { addParseRoutes } from './routes/parse.js';
import { addProjectRoutes } from './routes/projects.js';
import { addWebhookConfigRoutes } from './routes/webhook-configs.js';
import { addWebhookDeliveryRoutes } from './routes/webhook-deliveries.js';
import type { Services } from './services.js';

/** The whole HTTP side of the server. Every request passes the middleware from top to bottom, then one route. */
export function createApp(services: Services): DocketApp {
  const app = createDocketApp(services);
  app.use(answerEarly);
  app.use(setSecurityHeaders);
  app.use(observeRequests(services));
  app.use(guardRequests(services.settings));
  app.use(answerOrigins(services.settings.allowOrigins));
  app.use(authenticate(services.settings.apiKeyHashes));
  addClassifyRoutes(app, services);
  addFileRoutes(app, services);
  addFileContentRoutes(app, services);
  addConfigurationRoutes(app, services);
  addParseRoutes(app, services);
  addProjectRoutes(app, services);
  addWebhookConfigRoutes(app, services);
  addLocalRoutes(app, services);
  addWebhookDeliveryRoutes(app, services);
  addHealthRoutes(app, services);
  addMetricsRoute(app, services);
  addApiPageRoutes(app, services);
  return app;
}
