import { describe, expect, it } from 'vitest';
import { ConfigurationError, readConfig } from './config.ts';

const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' };
const redis = { REDIS_URL: 'redis://localhost:6379' };
const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' };

describe('readConfig', () => {
  it('runs on nothing', () => {
    expect(readConfig({})).toMatchObject({
      role: 'all',
      port: 3000,
      host: '127.0.0.1',
      admin: null,
      metrics: null,
      publicUrl: null,
      records: { name: 'sqlite' },
      objects: { name: 'embedded' },
      source: { name: 'simulated' },
      logLevel: 'info',
    });
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ PORT: '', FILES_DIR: '', REDIS_URL: '' })).toMatchObject({ port: 3000, source: { name: 'simulated' }, records: { name: 'sqlite' } });
  });

  it('chooses a source by what it reads from', () => {
    expect(readConfig({ FILES_DIR: '/srv/files' }).source).toEqual({ name: 'directory', root: '/srv/files' });
    expect(readConfig({ SOURCE_S3_BUCKET: 'files', SOURCE_S3_PREFIX: 'in/' }).source).toMatchObject({ name: 's3', bucket: 'files', prefix: 'in/' });
    const template = 'https://files.example.org/get?id={file_id}';
    expect(readConfig({ SOURCE_URL_TEMPLATE: template }).source).toEqual({ name: 'http', urlTemplate: template });
  });

  it('keeps finished files in S3 as soon as an endpoint, a key or a bucket is set', () => {
    for (const some of [{ S3_ENDPOINT: 'http://localhost:9000' }, keys, { S3_BUCKET: 'artifacts' }]) {
      expect(readConfig(some).objects.name, Object.keys(some)[0]).toBe('s3');
    }
    expect(readConfig(keys).objects).toMatchObject({ bucket: 'downloads', publicEndpoint: null, access: { endpoint: null, region: 'us-east-1', forcePathStyle: false } });
    expect(readConfig({ S3_BUCKET: 'artifacts' }).objects).toMatchObject({ bucket: 'artifacts', access: { credentials: null, checksums: 'when_supported' } });
    expect(readConfig({ S3_ENDPOINT: 'http://localhost:9000' }).objects).toMatchObject({ access: { forcePathStyle: true } });
    expect(readConfig({ S3_ENDPOINT: 'http://localhost:9000', S3_FORCE_PATH_STYLE: '0' }).objects).toMatchObject({ access: { forcePathStyle: false } });
  });

  it('keeps records in Redis where there is one, and gives a worker a port only when asked', () => {
    expect(readConfig(redis)).toMatchObject({ role: 'all', records: { name: 'redis', url: redis.REDIS_URL }, objects: { name: 'embedded' } });
    const worker = { ...redis, ...keys, ROLE: 'worker' };
    expect(readConfig(worker)).toMatchObject({ role: 'worker', port: null });
    expect(readConfig({ ...worker, PORT: '3001', ADMIN_PORT: '3002' })).toMatchObject({ port: 3001, admin: { host: '127.0.0.1', port: 3002 } });
  });

  it('names every mistake in one message', () => {
    const mistakes = {
      PORT: 'http',
      DOWNLOAD_WORKER_CONCURRENCY: '0',
      PRESIGNED_URL_TTL_SECONDS: '30',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'downloads.example.org',
      TRUSTED_PROXIES: 'true',
      REDIS_URL: 'localhost',
      S3_ENDPOINT: 'localhost:9000',
      S3_FORCE_PATH_STYLE: 'yes',
      S3_CHECKSUMS: 'never',
      SOURCE_URL_TEMPLATE: 'https://files.example.org/',
      BROWSER_SENTRY_DSN: 'sentry.example.org',
      TRACE_VIEWER_URL: 'https://traces.example.org/',
      METRICS_PORT: 'on',
      OTEL_SDK_DISABLED: 'yes',
      OTEL_TRACES_EXPORTER: 'zipkin',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://user:password@localhost:4318/v1/traces',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'two words=1',
      OTEL_SERVICE_NAME: 'x'.repeat(256),
      OTEL_RESOURCE_ATTRIBUTES: 'team=%zz',
      OTEL_TRACES_SAMPLER: 'sometimes',
      OTEL_TRACES_SAMPLER_ARG: '1.5',
      OTEL_BSP_SCHEDULE_DELAY: '5 s',
    };
    expect(() => readConfig(mistakes)).toThrow(ConfigurationError);
    for (const name of Object.keys(mistakes)) expect(() => readConfig(mistakes), name).toThrow(new RegExp(`  ${name}: `));
  });

  it.each([
    ['DOWNLOAD_DELAY_MAX_MS', { DOWNLOAD_DELAY_MIN_MS: '2000', DOWNLOAD_DELAY_MAX_MS: '1000' }],
    ['FILES_DIR', { FILE_SOURCE: 'directory' }],
    ['FILES_DIR', { FILE_SOURCE: 'simulated', FILES_DIR: '/x' }],
    ['SOURCE_S3_BUCKET', { FILE_SOURCE: 's3' }],
    ['SOURCE_URL_TEMPLATE', { FILE_SOURCE: 'http' }],
    ['SOURCE_URL_TEMPLATE', { FILES_DIR: '/x', SOURCE_URL_TEMPLATE: 'https://files.example.org/{file_id}' }],
    ['SOURCE_S3_PREFIX', { SOURCE_S3_PREFIX: 'in/' }],
    ['SOURCE_S3_BUCKET', { ...keys, SOURCE_S3_BUCKET: 'downloads' }],
    ['DATA_DIR', { FILES_DIR: '/srv/files', DATA_DIR: '/srv/files/data' }],
    ['DATA_DIR', { FILES_DIR: '/srv/files', DATA_DIR: '/srv/files' }],
    ['S3_SECRET_ACCESS_KEY', { S3_ACCESS_KEY_ID: 'id' }],
    ['S3_ACCESS_KEY_ID', { S3_BUCKET: 'artifacts', S3_SECRET_ACCESS_KEY: 'secret' }],
    ['S3_PUBLIC_ENDPOINT', { S3_PUBLIC_ENDPOINT: 'https://files.example.org' }],
    ['ADMIN_PORT', { ADMIN_PORT: '3002' }],
    ['OTEL_TRACES_SAMPLER_ARG', { OTEL_TRACES_SAMPLER: 'always_on', OTEL_TRACES_SAMPLER_ARG: '0.1' }],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', { ...collector, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }],
    ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', { ...collector, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf', OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }],
    ['ROLE', { ROLE: 'worker' }],
    ['ROLE', { ...redis, ROLE: 'api' }],
  ])('names a mistake that lies between variables: %s in %j', (name, environment) => {
    expect(() => readConfig(environment)).toThrow(new RegExp(`  ${name}: `));
  });

  it.each([
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    { ...collector, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_SDK_DISABLED: 'true' },
    { ...collector, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' },
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '1e-3' },
  ])('has nothing against %j', (environment) => {
    expect(() => readConfig(environment)).not.toThrow();
  });

  it('records traces as soon as it is told where to send them, by the words of OpenTelemetry', () => {
    const at = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/otlp/' };
    expect(readConfig(at)).toMatchObject({
      tracing: { url: 'http://collector:4318/otlp/v1/traces', headers: {}, serviceName: 'delineate-downloads', sampling: { ratio: 1, followsParent: true } },
      page: { sampleRatio: 1 },
    });
    const more = {
      ...at,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example.org/in',
      OTEL_EXPORTER_OTLP_HEADERS: 'a=1,b=2',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: ' b = 3%2C4 ,',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=ours,team=x',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '.25',
    };
    expect(readConfig(more).tracing).toMatchObject({
      url: 'https://traces.example.org/in',
      headers: { a: '1', b: '3,4' },
      serviceName: 'ours',
      attributes: { team: 'x' },
      sampling: { ratio: 0.25, followsParent: false },
    });
    expect(readConfig({ ...more, OTEL_SERVICE_NAME: 'theirs' }).tracing!.serviceName).toBe('theirs');
  });

  it.each([{}, { OTEL_SERVICE_NAME: 'ours' }, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_SDK_DISABLED: 'TRUE' }, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_TRACES_EXPORTER: 'none' }])(
    'records no traces with %j',
    (environment) => {
      expect(readConfig(environment)).toMatchObject({ tracing: null, page: { sampleRatio: null } });
    },
  );

  it.each([
    'https://sentry.example.org/1',
    'https://key@sentry.example.org/',
    'https://key@sentry.example.org/project',
    'https://key@sentry.example.org/1?x=1',
    'ftp://key@sentry.example.org/1',
    'https://key:secret@sentry.example.org/1',
  ])('takes no address for the reports of browsers that is none, or that has a secret: %s', (dsn) => {
    expect(() => readConfig({ BROWSER_SENTRY_DSN: dsn })).toThrow(/BROWSER_SENTRY_DSN: (?:must be a DSN|has a secret key)/);
  });

  it.each([
    'javascript:alert("{trace_id}")',
    'https://{trace_id}.example.org/',
    'https://user:password@traces.example.org/{trace_id}',
    'traces.example.org/{trace_id}',
  ])('takes no address of traces that would lead astray: %s', (template) => {
    expect(() => readConfig({ TRACE_VIEWER_URL: template })).toThrow(/TRACE_VIEWER_URL: (?:must|is shown)/);
  });

  it('tells the page where errors go and traces are, in any part of an address behind the host', () => {
    const given = { BROWSER_SENTRY_DSN: 'http://0123abcd@localhost:9000/sub/path/42', TRACE_VIEWER_URL: 'https://traces.example.org/#/t?id={trace_id}' };
    expect(readConfig(given).page).toEqual({ sentryDsn: given.BROWSER_SENTRY_DSN, traceViewerUrl: given.TRACE_VIEWER_URL, sampleRatio: null });
  });

  it('lets API and worker share a folder or a bucket', () => {
    expect(readConfig({ ...redis, ROLE: 'api', DATA_DIR: '/srv/shared' }).objects).toEqual({ name: 'embedded', dataDir: '/srv/shared' });
    expect(readConfig({ ...redis, ...keys, ROLE: 'api' }).objects.name).toBe('s3');
    expect(readConfig({ FILES_DIR: '/srv/files', DATA_DIR: '/srv/files-data' }).objects).toEqual({ name: 'embedded', dataDir: '/srv/files-data' });
  });

  it('keeps the origin of a public address and drops the rest', () => {
    expect(readConfig({ PUBLIC_URL: 'https://downloads.example.org/app/' }).publicUrl).toBe('https://downloads.example.org');
  });

  it('believes nobody about addresses until proxies are named', () => {
    expect(readConfig({}).trustedProxies).toEqual([]);
    const TRUSTED_PROXIES = 'loopback, 10.0.0.0/8,2001:db8::1, fd00::/8,192.0.2.7';
    expect(readConfig({ TRUSTED_PROXIES }).trustedProxies).toEqual(['loopback', '10.0.0.0/8', '2001:db8::1', 'fd00::/8', '192.0.2.7']);
  });

  it.each(['1', 'true', 'proxy', '10.0.0.0/33', '::/129', '0.0.0.0/0', '::/0', '10.0.0.1/8/8', '10.0.0', 'loopback,', '10.0.0.1/'])('does not take %s for proxies', (TRUSTED_PROXIES) => {
    expect(() => readConfig({ TRUSTED_PROXIES })).toThrow(/TRUSTED_PROXIES: must name proxies/);
  });
});
