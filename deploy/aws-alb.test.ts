import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { filesPath } from '#shared/files-api.ts';
import { servicePaths } from '#shared/service-api.ts';
import { readCloudFormation, referencesIn } from './read-cloudformation.ts';

const template = readCloudFormation(await readFile(join(import.meta.dirname, 'aws-alb.yml'), 'utf8'));
const resource = (name: string) => template.Resources[name]!.Properties;
const ofType = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === `AWS::ElasticLoadBalancingV2::${type}`);
const attributes = (list: unknown) => Object.fromEntries((list as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));

describe('the load balancer on AWS', () => {
  it('refers only to what there is', () => {
    const known = new Set([...Object.keys(template.Parameters), ...Object.keys(template.Resources)]);
    const references = referencesIn([template.Resources, template.Outputs]);
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(template.Parameters).filter((name) => !references.includes(name))).toEqual([]);
  });

  it('takes a process in after two good answers of /health, and out after three bad ones', () => {
    expect(resource('TargetGroup')).toMatchObject({
      Protocol: 'HTTP',
      HealthCheckPath: servicePaths.health,
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 3,
      Matcher: { HttpCode: '200' },
    });
  });

  it('drains for 30 s, sticks to no process, and hangs up after 60 idle seconds', () => {
    expect(attributes(resource('TargetGroup')['TargetGroupAttributes'])).toMatchObject({
      'deregistration_delay.timeout_seconds': '30',
      'stickiness.enabled': 'false',
    });
    expect(attributes(resource('LoadBalancer')['LoadBalancerAttributes'])).toMatchObject({ 'idle_timeout.timeout_seconds': '60' });
  });

  it('lets nobody past the load balancer, and nobody in by default', () => {
    expect(resource('ServiceSecurityGroup')['SecurityGroupIngress']).toEqual([
      expect.objectContaining({ SourceSecurityGroupId: { Ref: 'LoadBalancerSecurityGroup' } }),
    ]);
    expect(template.Parameters['AllowedCidr']).not.toHaveProperty('Default');
  });

  const rules = ofType('ListenerRule').map(({ Properties }) => Properties as unknown as ListenerRule);
  const patterns = rules.flatMap(({ Conditions }) => Conditions.flatMap(({ PathPatternConfig }) => PathPatternConfig.Values));
  const isRouted = (path: string) => patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path));

  it('routes every address of the API and of the page, and no other', async () => {
    const beside = (await readdir(join(import.meta.dirname, '../client/public'))).map((name) => `/${name}`);
    const api = [...Object.values(downloadPaths).map((path) => path('x')), filesPath, servicePaths.health, servicePaths.capabilities, servicePaths.docs, servicePaths.openApi];
    const paths = [...api, ...beside, '/', '/jobs/x', '/assets/index.js', '/objects/a/1/b.pdf'];
    expect(paths.filter((path) => !isRouted(path))).toEqual([]);
    expect(['/metrics', '/admin', '/.env', '/wp-login.php', '/health/ready'].filter(isRouted)).toEqual([]);
  });

  it('stays within what AWS takes: rules in order, five patterns each', () => {
    expect(new Set(rules.map(({ Priority }) => Priority)).size).toBe(rules.length);
    for (const { Conditions } of rules) {
      expect(Conditions.flatMap(({ PathPatternConfig }) => PathPatternConfig.Values).length).toBeLessThanOrEqual(5);
    }
  });
});

interface ListenerRule {
  readonly Priority: number;
  readonly Conditions: readonly { readonly PathPatternConfig: { readonly Values: readonly string[] } }[];
}
