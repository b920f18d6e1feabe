import { describe, expect, it } from 'vitest';
import { ConfigurationError, readConfig } from './config.ts';

describe('readConfig', () => {
  it('runs on nothing', () => {
    expect(readConfig({})).toMatchObject({ port: 3000, host: '127.0.0.1', publicUrl: null, source: { name: 'simulated' }, logLevel: 'info' });
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ PORT: '', FILES_DIR: '' })).toMatchObject({ port: 3000, source: { name: 'simulated' } });
  });

  it('chooses the directory source by its folder', () => {
    expect(readConfig({ FILES_DIR: '/srv/files' }).source).toEqual({ name: 'directory', root: '/srv/files' });
  });

  it('names every mistake in one message', () => {
    const mistakes = {
      PORT: 'http',
      DOWNLOAD_WORKER_CONCURRENCY: '0',
      PRESIGNED_URL_TTL_SECONDS: '30',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'downloads.example.org',
      REDIS_URL: 'redis://localhost',
    };
    expect(() => readConfig(mistakes)).toThrow(ConfigurationError);
    for (const name of Object.keys(mistakes)) expect(() => readConfig(mistakes), name).toThrow(new RegExp(`  ${name}: `));
  });

  it('names mistakes that lie between two variables', () => {
    expect(() => readConfig({ DOWNLOAD_DELAY_MIN_MS: '2000', DOWNLOAD_DELAY_MAX_MS: '1000' })).toThrow('DOWNLOAD_DELAY_MAX_MS');
    expect(() => readConfig({ FILE_SOURCE: 'directory' })).toThrow('FILES_DIR');
    expect(() => readConfig({ FILE_SOURCE: 'simulated', FILES_DIR: '/x' })).toThrow('FILES_DIR');
    expect(() => readConfig({ FILES_DIR: '/srv/files', DATA_DIR: '/srv/files/data' })).toThrow('DATA_DIR');
    expect(() => readConfig({ FILES_DIR: '/srv/files', DATA_DIR: '/srv/files' })).toThrow('DATA_DIR');
    expect(readConfig({ FILES_DIR: '/srv/files', DATA_DIR: '/srv/files-data' }).dataDir).toBe('/srv/files-data');
    expect(() => readConfig({ ROLE: 'worker' })).toThrow('REDIS_URL');
  });

  it('keeps the origin of a public address and drops the rest', () => {
    expect(readConfig({ PUBLIC_URL: 'https://downloads.example.org/app/' }).publicUrl).toBe('https://downloads.example.org');
  });
});
