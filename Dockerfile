# The page is built with what only a build needs.
FROM node:26-slim AS page
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
# The build follows tsconfig.json to all three parts.
COPY tsconfig.json vite.config.ts ./
COPY server/tsconfig.json server/
COPY e2e/tsconfig.json e2e/
COPY scripts scripts
COPY shared shared
COPY client client
RUN node scripts/build-client.ts

# What the program needs while it runs. The Node of the image replaces the one that npm would bring (an optional dependency);
# what is for the page alone goes, what Sentry brings for builds, and what packages carry for compilers, debuggers and readers:
# 50 MB of 171 stay.
FROM node:26-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional \
  && npm uninstall --no-save --omit=dev --omit=optional vite @vitejs/plugin-react react react-dom @tanstack/react-query @sentry/react \
    @opentelemetry/sdk-trace-web @fontsource-variable/geist-mono @fontsource-variable/hanken-grotesk \
  && rm -r node_modules/sentry node_modules/oxc-parser node_modules/@sentry/bundler-plugins \
  && find node_modules -type f \( -name '*.map' -o -name '*.md' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' \) -delete

FROM node:26-slim
# One process serves all, with its data in /data. With ROLE, REDIS_URL and S3_… it is one of many, and keeps nothing.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY package.json ./
COPY --from=modules /app/node_modules node_modules
COPY --from=page /app/dist/client dist/client
COPY shared shared
COPY server server
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
